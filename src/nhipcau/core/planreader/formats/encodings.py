"""Bytes of a text file into characters: Unicode with and without marks, then Vietnamese one-byte codes.

TCVN3 and VNI are fonts rather than encodings: their bytes come out as Latin letters ("§Ò ¸n") and are put
right later by `core.text`. Windows-1258 and VISCII are encodings and are decoded here.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from nhipcau.core.filegate.kinds import wide_byte_order
from nhipcau.core.text import is_syllable, repair

_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
_VISCII = dict(
    zip(
        [*range(0x80, 0x100), 0x02, 0x05, 0x06, 0x14, 0x19, 0x1E],
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮẲẴẪỶỸỴ",
        strict=True,
    )
)


def decode(data: bytes) -> tuple[str, str]:
    """(characters, name of the encoding). Never fails: what cannot be decoded becomes U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    wide = wide_byte_order(data)
    if wide is not None:
        return data.decode(wide, "replace"), wide
    try:  # a letter that the end of the file cut in two does not count
        return codecs.getincrementaldecoder("utf-8")().decode(data), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    if _mostly_whole(text):
        return text, "utf-8"
    return _one_byte(data)


def _mostly_whole(text: str) -> bool:
    """A few broken places in good UTF-8: a cut file, a flipped byte."""
    foreign = sum(c > "\x7f" for c in text)
    return text.count("\ufffd") * 20 <= foreign


def _one_byte(data: bytes) -> tuple[str, str]:
    candidates = {
        "cp1258": unicodedata.normalize("NFC", data.decode("cp1258", "replace")),
        "viscii": data.decode("latin-1").translate(_VISCII),
    }
    name, share = max(((n, _vietnamese_share(t)) for n, t in candidates.items()), key=lambda pair: pair[1])
    western = "".join(_western(byte) for byte in data)
    # Almost any byte is some letter of VISCII: in a short text of a font's codes only the words tell.
    if share >= 0.9 and _syllables(candidates[name]) >= _syllables(repair(western[:SAMPLE]).text):
        return candidates[name], name
    return western, "cp1252"


SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]{2,}")


def _syllables(text: str) -> float:
    """Share of the words with other letters than ASCII's, at the beginning, that can be Vietnamese."""
    words = [word for word in _WORD.findall(text[:SAMPLE]) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _vietnamese_share(text: str) -> float:
    """Vietnamese letters among all that are not ASCII; a capital inside a word does not count."""
    foreign = [(before, c) for before, c in zip(" " + text, text, strict=False) if c > "\x7f"]
    if not foreign:
        return 0.0
    good = sum(c.lower() in _VIETNAMESE and not (before.islower() and c.isupper()) for before, c in foreign)
    return good / len(foreign)
