"""Numbers as lists write them: 3 as "3", "03", "c", "C", "iii", "III", "③", "một"…"""

from __future__ import annotations

_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip
_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def roman(value: int) -> str:
    """Small Roman numerals; plain digits outside 1…3999."""
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        out += letters * count
    return out


def letter(value: int) -> str:
    """a…z, then aa, bb, cc… as Word does."""
    if value < 1:
        return str(value)
    times, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * min(times + 1, 20)


def columns(value: int) -> str:
    """a…z, then aa, ab, ac… as OpenDocument does."""
    out = ""
    while value > 0:
        value, index = divmod(value - 1, 26)
        out = chr(ord("a") + index) + out
    return out


def words(value: int) -> str:
    """Vietnamese words up to 99: một, mười hai, hai mươi mốt."""
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _WORDS[ones]
    head = "mười" if tens == 1 else f"{_WORDS[tens]} mươi"
    tail = {0: "", 5: " lăm", 1: " một" if tens == 1 else " mốt"}.get(ones, f" {_WORDS[ones]}")
    return head + tail


def superscript(value: int) -> str:
    """A note's mark: 12 as ¹²."""
    return str(value).translate(_SUPERSCRIPT)


def sequence(value: int, pattern: str) -> str:
    """A custom row such as "a, b, c, d, đ, e" or "01, 02, 03, …": its entries, then digits as wide."""
    entries = [part.strip() for part in pattern.split(",")]
    if entries and entries[-1] in {"...", "…"}:
        entries.pop()
    if 1 <= value <= len(entries):
        return entries[value - 1]
    return str(value).zfill(len(entries[0])) if entries and entries[0].isdigit() else str(value)


def word_numeral(value: int, style: str) -> str:
    """`value` in one of Word's number formats (w:numFmt); unknown ones are decimal."""
    simple = {
        "decimalZero": f"{value:02d}",
        "decimalFullWidth": str(value),
        "numberInDash": f"- {value} -",
        "decimalEnclosedParen": f"({value})",
        "decimalEnclosedFullstop": f"{value}.",
        "ordinal": str(value),
        "none": "",
        "lowerLetter": letter(value),
        "upperLetter": letter(value).upper(),
        "lowerRoman": roman(value),
        "upperRoman": roman(value).upper(),
        "vietnameseCounting": words(value),
        "cardinalText": words(value).capitalize(),
        "ordinalText": words(value).capitalize(),
    }
    if style == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return simple.get(style, str(value))


def open_document_numeral(value: int, style: str, same_letter: bool = False) -> str:
    """`value` in one of OpenDocument's formats (style:num-format: 1, 01, a, A, i, I, or a row of entries)."""
    if "," in style:
        return sequence(value, style)
    simple = {
        "": "",
        "01": f"{value:02d}",
        "a": letter(value) if same_letter else columns(value),
        "i": roman(value),
        "I": roman(value).upper(),
    }
    simple["A"] = simple["a"].upper()
    return simple.get(style, str(value))


BULLETS = {
    "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "•", "\uf0e0": "•", "\uf06e": "•",
    "\uf02d": "-", "\uf02b": "+", "o": "•", "·": "•", "§": "•", "Ø": "•", "v": "•", "ü": "•", "": "•",
    "−": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "＋": "+",
}  # fmt: skip


def bullet(text: str) -> str:
    """A bullet as people read it: symbol fonts' private letters become "•", dashes "-"."""
    text = text.strip()
    if text in BULLETS:
        return BULLETS[text]
    return "•" if len(text) == 1 and "\ue000" <= text <= "\uf8ff" else text
