"""Scans: pictures and PDF pages without text, through tesseract with its Vietnamese data.

Runs in the OCR profile, which may start programs. Every page has its own time limit; two pages go at once.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pypdfium2
from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from nhipcau.core.planreader.confine import OCR
from nhipcau.core.planreader.formats.layout import Fragment, PageText, lines_of, rows_of
from nhipcau.core.planreader.formats.ocr_labels import mended
from nhipcau.core.planreader.formats.pdf import opened, texts
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Source

DOTS = 300
"""Dots an inch to recognise at; a scan of 200 gains from being enlarged."""
MOST_PAGES = 60
MOST_PIXELS = 40_000_000
AT_ONCE = 2
FEW_WORDS, UNSURE = 12, 60.0
"""Below these a page may lie on its side or head."""
_SLOPE = re.compile(rb"baseline (-?\d+(?:\.\d+)?)")
_SURE = re.compile(rb"x_wconf (\d+)")
_NUMBERS = re.compile(r"(bbox|baseline|x_size)((?:\s-?\d+(?:\.\d+)?)+)")
_NOISE = re.compile(r"^[|¦_~`'’‘.,:;^°«»*\\/-]{1,2}$")


def read(path: Path) -> Source:
    """Read a scan: a PDF (pages with a text layer keep it) or a picture, several pages in a TIFF."""
    _need_vietnamese()
    pages = _pdf_pages(path) if _is_pdf(path) else list(_recognised(_pictures(path)))
    lines = mended([replace(line, bold=None) for line in lines_of(pages)])
    return Source("scan", lines, ["ocr"], len(pages))


def read_first(path: Path, most: int) -> Source:
    """The first pages alone, every one as a picture: a mark may be a stamp over text."""
    _need_vietnamese()
    if _is_pdf(path):
        with opened(path) as document:
            pictures = (_rendered(document[number]) for number in range(min(most, len(document))))
            pages = list(_recognised(pictures))
    else:
        pages = list(_recognised(islice(_pictures(path), most)))
    return Source("scan", mended([replace(line, bold=None) for line in lines_of(pages)]), ["ocr"], len(pages))


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1024).lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF")


def _need_vietnamese() -> None:
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607
            capture_output=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal("needs-ocr") from error
    if b"vie" not in done.stdout.split():
        raise Refusal("needs-ocr")


def _pdf_pages(path: Path) -> list[PageText]:
    with opened(path) as document:
        pages, scans = texts(document)
        if len(scans) > MOST_PAGES:
            raise Refusal("too-long", limit=MOST_PAGES, unit="trang quét")
        pictures = (_rendered(document[number - 1]) for number in scans)
        for number, page in zip(scans, _recognised(pictures), strict=True):
            pages[number - 1] = page
    return pages


def _rendered(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(DOTS / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    page.close()
    return picture


def _pictures(path: Path) -> Iterator[Image.Image]:
    """The pages of a picture file, upright, grey and large enough."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=["PNG", "JPEG", "TIFF"]) as picture:
            count = getattr(picture, "n_frames", 1)
            if count > MOST_PAGES:
                raise Refusal("too-long", limit=MOST_PAGES, unit="trang quét")
            for number in range(count):
                picture.seek(number)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refusal("too-heavy")
                yield _sized(ImageOps.exif_transpose(picture).convert("L"))
    except Image.DecompressionBombError as error:
        raise Refusal("too-heavy") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal("damaged") from error


def _sized(picture: Image.Image) -> Image.Image:
    """Enlarged to what an A4 page has at 300 dots an inch, when it is clearly smaller."""
    wanted = 2480 if picture.width < picture.height else 3508
    factor = min(3.0, wanted / max(1, picture.width))
    if factor < 1.2:
        return picture
    size = (round(picture.width * factor), round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _recognised(pictures: Iterator[Image.Image]) -> Iterator[PageText]:
    """Pages in order, a few recognised at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting: list[Future[PageText]] = [
            threads.submit(recognise, picture) for picture in islice(pictures, AT_ONCE)
        ]
        while waiting:
            page = waiting.pop(0).result()
            waiting += [threads.submit(recognise, picture) for picture in islice(pictures, 1)]
            yield page


def recognise(picture: Image.Image) -> PageText:
    """The words of one page with their places, in points of a page scanned at 300 dots an inch."""
    found, sure = _read(picture)
    if len(found) < FEW_WORDS or sure < UNSURE:
        turn = _turn(picture)
        if turn:
            picture = picture.rotate(-turn, expand=True)
            found, _ = _read(picture)
    scale = 72 / DOTS
    return PageText(rows_of(found), picture.width * scale, picture.height * scale)


def _read(picture: Image.Image) -> tuple[list[Fragment], float]:
    """The words of a picture, and how sure tesseract is of them on average (0…100)."""
    hocr = _tesseract(picture, "-l", "vie", "--psm", "3", "hocr")
    sure = [int(n) for n in _SURE.findall(hocr)]
    steep = [abs(float(slope)) > 1 for slope in _SLOPE.findall(hocr)]
    if 2 * sum(steep) > len(steep) or 2 * hocr.count(b"textangle") > len(steep):  # read up or down the page
        return [], 0.0
    return list(_words(hocr, 72 / DOTS)), sum(sure) / max(1, len(sure))


def _turn(picture: Image.Image) -> int:
    """By how many degrees clockwise a page that lies on its side must be turned; 0 when that is not clear."""
    try:
        told = _tesseract(picture, "-l", "osd", "--psm", "0")
    except Refusal:
        return 0
    turn, sure = re.search(rb"Rotate: (\d+)", told), re.search(rb"Orientation confidence: ([\d.]+)", told)
    if turn is None or sure is None or float(sure.group(1)) < 1:
        return 0
    return int(turn.group(1)) % 360


def _tesseract(picture: Image.Image, *arguments: str) -> bytes:
    sent = io.BytesIO()
    picture.save(sent, "PPM")
    try:
        done = subprocess.run(  # noqa: S603
            ["tesseract", "stdin", "stdout", "--dpi", str(DOTS), *arguments],  # noqa: S607
            input=sent.getvalue(),
            capture_output=True,
            check=True,
            timeout=OCR.wall,
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("too-heavy") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal("damaged") from error
    return done.stdout


def _words(hocr: bytes, scale: float) -> Iterator[Fragment]:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    root = etree.fromstring(hocr, parser)
    for line in root.iter("span"):
        if line.get("class") not in {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}:
            continue
        facts = _facts(line)
        box, tilt, size = facts.get("bbox", [0] * 4), facts.get("baseline", [0, 0]), facts.get("x_size", [0])
        base = box[3] + (tilt[-1] if len(tilt) == 2 else 0)
        for word in line.iter("span"):
            text = "".join(str(part) for part in word.itertext()).strip()
            place = _facts(word).get("bbox")
            if word.get("class") == "ocrx_word" and text and place and not _noise(word, text):
                left, right = place[0] * scale, place[2] * scale
                yield Fragment(text, left, right, base * scale, _type_size(size[0]) * scale, word=True)


def _type_size(x_size: float) -> float:
    """tesseract's x_size spans descenders to ascenders, nearly the type size."""
    return max(1.0, x_size * 0.95)


def _noise(word: etree._Element, text: str) -> bool:
    """Specks read as marks: short, without letters, with little confidence."""
    found = re.search(r"x_wconf (\d+)", word.get("title", ""))
    return (
        bool(_NOISE.match(text)) and text not in {"-", "/", "."} and (not found or int(found.group(1)) < 60)
    )


def _facts(element: etree._Element) -> dict[str, list[float]]:
    """The numbers in an hOCR title: bbox, baseline, x_size."""
    return {
        name: [float(n) for n in numbers.split()]
        for name, numbers in _NUMBERS.findall(element.get("title", ""))
    }
