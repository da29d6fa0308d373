"""Rules of the letterhead, type, subject, and whom a document is sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from nhipcau.core.officialdoc.checking.findings import Finding, found
from nhipcau.core.officialdoc.checking.judging import PART, WHOLE, ruled, styled
from nhipcau.core.officialdoc.checking.locating import Layout
from nhipcau.core.officialdoc.checking.pages import Piece
from nhipcau.core.officialdoc.kinds import COPIES, KINDS, LETTER
from nhipcau.core.officialdoc.phrases import MOTTO, NATION

_NUMBER = re.compile(r"(?P<word>S[^\s:]*)(?P<colon>\s*:)?\s*(?P<digits>\d*)(?P<rest>.*)")
_DAY = re.compile(
    r"ngày\s*(?P<day>\d{1,2})?[\s….]*tháng\s*(?P<month>\d{1,2})?[\s….]*năm\s*(?P<year>\d{4})?", re.I
)
_CODES = {code.casefold(): code for code in [*KINDS, *COPIES] if " " not in code}


def nation(layout: Layout) -> Iterator[Finding]:
    """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM: capitals, 12-13, bold, upright."""
    piece = layout.nation
    if piece is None:
        yield found("nation", "missing")
        return
    if not piece.capitals:
        yield found("nation", "capitals", piece)
    elif " ".join(piece.shown.split()) not in {NATION, NATION.replace("HÒA", "HOÀ")}:
        yield found("nation", "words", piece, wanted=NATION)
    yield from styled("nation", [piece], 12, 13, bold=True)


def motto(layout: Layout) -> Iterator[Finding]:
    """Độc lập - Tự do - Hạnh phúc: 13-14, bold, a rule as long as the words."""
    piece = layout.motto
    if piece is None:
        yield found("motto", "missing")
        return
    if " ".join(piece.shown.split()) != MOTTO:
        yield found("motto", "words", piece, wanted=MOTTO)
    yield from styled("motto", [piece], 13, 14, bold=True)
    yield from ruled(layout, "motto", [piece], WHOLE)


def issuer(layout: Layout) -> Iterator[Finding]:
    """Parent body in capitals, not bold; issuer in capitals, bold, with a short rule; both 12-13."""
    parents = layout.parent
    if parents:
        if not all(piece.capitals for piece in parents):
            yield found("parent", "capitals", parents[0])
        yield from styled("parent", parents, 12, 13, bold=False)
    if not layout.issuer:
        yield found("issuer", "missing")
        return
    if not all(piece.capitals for piece in layout.issuer):
        yield found("issuer", "capitals", layout.issuer[0])
    yield from styled("issuer", layout.issuer, 12, 13, bold=True)
    yield from ruled(layout, "issuer", layout.issuer, PART)


def number(layout: Layout) -> Iterator[Finding]:
    """ "Số: 05/BC-SNgV", upright, 13."""
    piece = layout.number
    if piece is None:
        if layout.kind is None or layout.kind.numbered:
            yield found("number", "missing")
        return
    yield from styled("number", [piece], 13, 13, bold=False)
    read = _NUMBER.match(piece.text)
    if read is None or read["word"] not in {"Số"}:
        yield found("number", "word", piece)
        return
    if not read["colon"]:
        yield found("number", "colon", piece)
    digits = read["digits"]
    if len(digits) == 1:
        yield found("number", "leading-zero", piece, found=digits, wanted=f"0{digits}")
    if digits and read["rest"][:1].isspace():
        yield found("number", "stroke", piece)
        return
    yield from _symbol(layout, piece, read["rest"].strip(" .…_\u00a0"))


def _symbol(layout: Layout, piece: Piece, rest: str) -> Iterator[Finding]:
    """What stands behind the digits: "/BC-SNgV"."""
    if year := re.match(r"/(\d{4})/", rest):
        yield found("number", "year", piece, "warning", found=year[1])
        rest = rest[5:]
    rest = re.sub(r"^[a-zđ](?=/)", "", rest)
    if not re.fullmatch(r"/[^\W\d_]+(?:[-][\w&.]+)*", rest):
        yield found("number", "stroke", piece)
        return
    token, _, issuing = rest[1:].partition("-")
    known = _CODES.get(token.casefold())
    if known == LETTER:
        yield found("number", "letter", piece, wanted=f"/{issuing}")
    elif layout.letter:
        if known is not None and token == known and issuing and known not in {"TC", "PC", "TB", "HĐ", "DA"}:
            yield found("number", "letter-type", piece, found=token)
    elif layout.title is not None and layout.kind is not None:
        yield from _type_of(layout, piece, token, known)


def _type_of(layout: Layout, piece: Piece, token: str, known: str | None) -> Iterator[Finding]:
    kind = layout.kind
    if kind is None or token == kind.code:
        return
    values = {"found": token, "wanted": kind.code, "title": kind.name.upper()}
    if known == kind.code:
        yield found("number", "spelling", piece, "error", 1, found=token, wanted=kind.code)
    elif known is not None:
        yield found("number", "type-of-title", piece, "error", 1, **values)
    else:
        yield found("number", "unknown-type", piece, "warning", 1, **values)


def place_and_date(layout: Layout) -> Iterator[Finding]:
    """ "Lâm Giang, ngày 05 tháng 02 năm 2026", in italics, 13-14."""
    piece = layout.date
    if piece is None:
        yield found("date", "missing")
        return
    yield from styled("date", [piece], 13, 14, bold=False, italic=True)
    read = _DAY.search(piece.text)
    if read is None:
        yield found("date", "words", piece)
        return
    before = piece.text[: read.start()].strip()
    if before and not before.endswith(","):
        yield found("date", "comma", piece)
    yield from _noughts(piece, read["day"], read["month"])
    if read["day"] and read["month"] and read["year"]:
        try:
            date(int(read["year"]), int(read["month"]), int(read["day"]))
        except ValueError:
            yield found("date", "impossible", piece, found=f"{read['day']}/{read['month']}/{read['year']}")


def _noughts(piece: Piece, day: str | None, month: str | None) -> Iterator[Finding]:
    if day and len(day) == 1:
        yield found("date", "day-zero", piece, found=day, wanted=f"0{day}")
    if month in {"1", "2"}:
        yield found("date", "month-zero", piece, found=month, wanted=f"0{month}")
    if month and month[0] == "0" and month not in {"01", "02"}:
        yield found("date", "month-plain", piece, "hint", wanted=month[1:])


def title(layout: Layout) -> Iterator[Finding]:
    """The type in capitals, 13-14 bold; the subject below it, 13-14 bold, with a short rule."""
    if layout.letter:
        yield from _about(layout)
        return
    if layout.title is None:
        yield found("type", "missing")
        return
    piece = layout.title
    if not piece.capitals:
        yield found("type", "capitals", piece)
    if not piece.centred and piece.para.cell is None:
        yield found("type", "centred", piece)
    yield from styled("type", [piece], 13, 14, bold=True)
    if layout.kind is not None and len(piece.folded) > len(layout.kind.name) + 2:
        yield found("subject", "apart", piece)
        return
    yield from _subject(layout)


def _subject(layout: Layout) -> Iterator[Finding]:
    lines = layout.subject
    if not lines:
        yield found("subject", "missing", layout.title)
        return
    if all(piece.capitals for piece in lines) and any(" " in piece.text for piece in lines):
        yield found("subject", "lower-case", lines[0])
    if not all(piece.centred for piece in lines) and lines[0].para.cell is None:
        yield found("subject", "centred", lines[0])
    yield from styled("subject", lines, 13, 14, bold=True)
    yield from ruled(layout, "subject", lines, PART)


def _about(layout: Layout) -> Iterator[Finding]:
    """A letter's "V/v …": below the number, 12-13, upright, not bold."""
    if not layout.subject:
        yield found("subject", "missing")
        return
    if not layout.subject[0].text.startswith("V/v"):
        yield found("subject", "words", layout.subject[0])
    yield from styled("subject", layout.subject, 12, 13, bold=False)


def greeting(layout: Layout) -> Iterator[Finding]:
    """ "Kính gửi: …", upright, 13-14; in a list each line with its mark."""
    piece = layout.greeting
    if piece is None:
        if layout.kind is not None and layout.kind.greeting == "required":
            yield found("greeting", "missing")
        return
    if ":" not in piece.text:
        yield found("greeting", "colon", piece)
    yield from styled("greeting", [piece, *layout.greeted], 13, 14, bold=False)
    yield from _marks(layout.greeted)


def _marks(lines: Sequence[Piece]) -> Iterator[Finding]:
    if not lines:
        return
    wrong = [piece for piece in lines[:-1] if not piece.text.endswith(";")]
    if not lines[-1].text.endswith("."):
        wrong.append(lines[-1])
    if wrong:
        yield found("greeting", "punctuation", wrong[0], "error", len(wrong))
