"""Ways in which documents come out otherwise than the rules expect, done on purpose.

Each takes a text and a source of chance and changes a share of its lines. What the document says stays the
same, so that a hand-made reading of the text still holds. They measure whether the reader knows where it
errs, so they are stronger than what most documents suffer.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from nhipcau.core.planreader.bodies import is_body
from nhipcau.core.planreader.damage import joined_and_wrapped, littered
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.joining import first_verb, is_caps
from nhipcau.core.planreader.labels import Label, label_at

Hardship = Callable[[str, random.Random], str]

LONGEST_HEADING = 110


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with a label: the label as printed, what it means, and the words behind it."""

    printed: str
    label: Label
    words: str


LineChange = Callable[[Labelled], str]


def unmarked(text: str) -> str:
    """A text without its marks: "Tổ chức" as "To chuc"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def is_heading(line: str) -> bool:
    """Whether a line looks like a whole numbered heading: short, no end mark."""
    bare = line.strip()
    label = label_at(bare)
    if label is None or label.bullet or len(bare) > LONGEST_HEADING:
        return False
    words = bare[label.end :].rstrip()
    return bool(words) and words[-1] not in ".;,!?/" and (words[0].isupper() or is_caps(words))


def names_body(line: str) -> bool:
    """Whether a heading consists of the name of a body."""
    bare = line.strip()
    label = label_at(bare)
    if label is None or not is_heading(line) or is_caps(bare):
        return False
    words = bare[label.end :]
    return is_body(words, shadow(words)) and ":" not in words and len(words.split()) <= 14


def each_line(
    text: str, rng: random.Random, share: float, wanted: Callable[[str], bool], change: LineChange
) -> str:
    """The text with a share of the wanted labelled lines changed."""
    out: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        label = label_at(bare)
        if label is not None and label.end < len(bare) and wanted(line) and rng.random() < share:
            out.append(change(Labelled(bare[: label.end], label, bare[label.end :])))
        else:
            out.append(line)
    return "\n".join(out)


def labels_lost(text: str, rng: random.Random) -> str:
    """Labels and bullets that a copy left behind."""
    return each_line(text, rng, 0.06, lambda _: True, lambda line: line.words)


def heading_labels_lost(text: str, rng: random.Random) -> str:
    """Headings whose numbers were set by the word processor and did not come along."""
    return each_line(text, rng, 0.15, is_heading, lambda line: line.words)


def marks_lost(text: str, rng: random.Random) -> str:
    """Headings without Vietnamese marks."""
    return each_line(text, rng, 0.12, is_heading, lambda line: line.printed + unmarked(line.words))


def headings_cut(text: str, rng: random.Random) -> str:
    """Headings that lost their last words at the edge of a scan."""

    def cut(line: Labelled) -> str:
        parts = line.words.split()
        return line.printed + " ".join(parts[: max(2, len(parts) * 2 // 3)])

    return each_line(text, rng, 0.1, is_heading, cut)


def headings_broken(text: str, rng: random.Random) -> str:
    """Headings set in two lines with room between them."""

    def broken(line: Labelled) -> str:
        parts = line.words.split()
        half = max(1, len(parts) // 2)
        return line.printed + " ".join(parts[:half]) + "\n\n" + " ".join(parts[half:])

    return each_line(text, rng, 0.12, is_heading, broken)


_OTHER_WAYS = (
    "Giao {0}", "{0} có trách nhiệm", "Đối với {0}", "Trách nhiệm của {0}", "Phân công {0} thực hiện",
    "Nhiệm vụ của {0}", "{0} là cơ quan đầu mối", "{0} tập trung các nhiệm vụ sau", "Về phía {0}",
    "{0} chủ động thực hiện một số nhiệm vụ",
)  # fmt: skip


def other_ways(text: str, rng: random.Random) -> str:
    """Headings that give work in other words than the bare name of a body."""

    def told(line: Labelled) -> str:
        return line.printed + rng.choice(_OTHER_WAYS).format(line.words.rstrip(" :"))

    return each_line(text, rng, 0.3, lambda line: names_body(line) and "Đề nghị" not in line, told)


_OTHER_PARTS = {
    "tổ chức thực hiện": ("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "TRIỂN KHAI KẾ HOẠCH", "CÁC BƯỚC TIẾN HÀNH"),
    "nhiệm vụ": ("CÁC MẶT CÔNG TÁC", "VIỆC CẦN LÀM", "NHỮNG ĐỊNH HƯỚNG LỚN"),
    "nội dung": ("CÁC MẶT CÔNG TÁC", "VIỆC CẦN LÀM"),
    "mục tiêu": ("KẾT QUẢ CẦN ĐẠT", "ĐÍCH ĐẾN"),
    "mục đích": ("LÝ DO", "TINH THẦN CHUNG"),
}


def other_parts(text: str, rng: random.Random) -> str:
    """Parts of the document under headings that no rule knows."""

    def renamed(line: Labelled) -> str:
        low = shadow(line.words)
        for known, others in _OTHER_PARTS.items():
            if known in low:
                return line.printed + rng.choice(others)
        return line.printed + line.words

    return each_line(text, rng, 0.4, lambda line: is_heading(line) and is_caps(line), renamed)


def other_letters(text: str, rng: random.Random) -> str:
    """Headings of bodies in capitals, or with small letters behind the first."""

    def recased(line: Labelled) -> str:
        words = line.words.upper() if rng.random() < 0.5 else line.words.capitalize()
        return line.printed + words

    return each_line(text, rng, 0.3, names_body, recased)


_STYLES = {
    "letter": ("{0}. ", "({0}) ", "{0}/ ", "{0}- "),
    "arabic": ("{0}) ", "{0}/ ", "({0}) ", "{0}- "),
    "dash": ("* ", "+ ", "• ", "– ", "o "),
    "plus": ("- ", "* ", ". "),
    "decimal": ("{0} ", "{0}) ", "{0}- "),
}


def mixed_labels(text: str, rng: random.Random) -> str:
    """Labels in another style than their neighbours."""

    def restyled(line: Labelled) -> str:
        styles = _STYLES.get(line.label.style)
        printed = rng.choice(styles).format(line.label.bare) if styles else line.printed
        return printed + line.words

    return each_line(text, rng, 0.15, lambda _: True, restyled)


def numbers_restarted(text: str, rng: random.Random) -> str:
    """Numbers that a word processor counts anew: a row goes on with 1."""

    def anew(line: Labelled) -> str:
        first = "1" if line.label.style == "arabic" else "a"
        return line.printed.replace(line.label.bare, first) + line.words

    return each_line(text, rng, 0.06, lambda line: _style(line) in ("arabic", "letter"), anew)


def _style(line: str) -> str:
    label = label_at(line.strip())
    return label.style if label is not None else ""


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ALIKE = {"đ": "d", "ư": "u", "ơ": "o", "ă": "a", "l": "1", "i": "ỉ", "c": "e", "rn": "m", "h": "b"}


def misread(word: str, rng: random.Random) -> str:
    """A word as text recognition may misread it: a tone lost or changed, or a letter for another."""
    parts = list(unicodedata.normalize("NFD", word))
    tones = [i for i, c in enumerate(parts) if c in _TONES]
    if tones and rng.random() < 0.7:
        parts[tones[0]] = rng.choice(["", *_TONES])
        return unicodedata.normalize("NFC", "".join(parts))
    for letter, other in _ALIKE.items():
        if letter in word:
            return word.replace(letter, other, 1)
    return word


def noise(text: str, rng: random.Random) -> str:
    """One word in sixty misread, one line end in forty with a stray mark."""
    words = re.split(r"(\s+)", text)
    return "".join(misread(w, rng) if len(w) > 1 and rng.random() < 1 / 60 else w for w in words)


def noisy_openings(text: str, rng: random.Random) -> str:
    """Misread words in the first five of a line, where roles and bodies stand."""

    def changed(line: Labelled) -> str:
        parts = line.words.split(" ")
        at = rng.randrange(min(5, len(parts)))
        parts[at] = misread(parts[at], rng)
        return line.printed + " ".join(parts)

    return each_line(text, rng, 0.12, lambda _: True, changed)


def merged(text: str, rng: random.Random) -> str:
    """Lines run together: a heading or item and what stands below it on one line."""
    out: list[str] = []
    run = False
    for line in text.split("\n"):
        if run and not line.strip():
            continue
        if run and out:
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
        run = is_heading(line) and rng.random() < 0.08
    return "\n".join(out)


def headings_inline(text: str, rng: random.Random) -> str:
    """A heading, a colon and the first item below it on one line."""
    out: list[str] = []
    run = False
    for line in text.split("\n"):
        bare = line.strip()
        if run and not bare:
            continue
        label = label_at(bare)
        if run and out and label is not None and label.bullet:
            out[-1] = f"{out[-1].rstrip(' :')}: {bare[label.end :]}"
            run = False
            continue
        out.append(line)
        run = names_body(line) and rng.random() < 0.3
    return "\n".join(out)


def gaps_lost(text: str, rng: random.Random) -> str:
    """Half of the blank lines lost."""
    return "\n".join(line for line in text.split("\n") if line.strip() or rng.random() < 0.5)


_ROLE_WORD = re.compile(r"chủ trì|phối hợp|tham mưu|đề nghị|báo cáo|giao ")
_STOP = re.compile(r"(?<=[.;]) +(?=\S)")


def reordered(text: str, rng: random.Random) -> str:
    """Two sentences of one line in the other order, where neither says a role or names who acts."""
    out: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        label = label_at(bare)
        at = label.end if label is not None else 0
        parts = _STOP.split(bare[at:].rstrip(".;"))
        free = len(parts) == 2 and not _ROLE_WORD.search(shadow(bare)) and label is not None
        if free and all(first_verb(shadow(p)) for p in parts) and rng.random() < 0.5:
            second, first = parts[1], parts[0].rstrip(".;")
            out.append(f"{bare[:at]}{second[:1].upper()}{second[1:]}. {first}.")
        else:
            out.append(line)
    return "\n".join(out)


_FIELD = re.compile(
    r"(?P<key>(?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp|thực hiện)[^:\n]{0,20}):\s*(?P<value>.+)", re.IGNORECASE
)


def fields_flattened(text: str, rng: random.Random) -> str:
    """Blocks of fields whose marks were lost: the key ends without a colon, or stands behind its value."""
    out: list[str] = []
    for line in text.split("\n"):
        m = _FIELD.search(line)
        if m and rng.random() < 0.15:
            key, value = m["key"], m["value"]
            out.append(line[: m.start()] + rng.choice([f"{key} {value}", f"{value} ({key})", value]))
        else:
            out.append(line)
    return "\n".join(out)


HARDSHIPS: dict[str, Hardship] = {
    "labels-lost": labels_lost,
    "heading-labels-lost": heading_labels_lost,
    "marks-lost": marks_lost,
    "headings-cut": headings_cut,
    "headings-broken": headings_broken,
    "headings-inline": headings_inline,
    "other-ways": other_ways,
    "other-parts": other_parts,
    "other-letters": other_letters,
    "mixed-labels": mixed_labels,
    "numbers-restarted": numbers_restarted,
    "noise": noise,
    "noisy-openings": noisy_openings,
    "merged": merged,
    "gaps-lost": gaps_lost,
    "reordered": reordered,
    "fields-flattened": fields_flattened,
    "wrapped": lambda text, rng: joined_and_wrapped(text, rng.choice((60, 80, 100))),
    "littered": lambda text, rng: littered(text, seed=rng.randrange(99), every=25, heads=True),
}


def suffer(text: str, name: str, seed: int = 1) -> str:
    """The text after the hardship `name`; the same seed gives the same text."""
    return HARDSHIPS[name](text, random.Random(f"{name} {seed}"))  # noqa: S311 - reproducible, no secret
