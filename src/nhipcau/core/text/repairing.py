"""One call that mends whatever is wrong with a text, and says where each character came from."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.core.text import characters
from nhipcau.core.text.fontmap import may_be_damaged, mend
from nhipcau.core.text.glyphs import decode_glyph_numbers
from nhipcau.core.text.legacy import decode_legacy
from nhipcau.core.text.lookalikes import latinise
from nhipcau.core.text.textmap import TextMap


@dataclass(frozen=True, slots=True)
class Repaired:
    """`text` is composed (NFC) and mended; `map` leads its offsets back to the text that was given.

    `notes` says what was found: "nfd", "invisible", "lookalikes", "tcvn3", "vni", "font-map".
    Empty: it was clean.
    """

    text: str
    map: TextMap
    notes: list[str]


def repair(text: str) -> Repaired:
    """Mend decomposed letters, invisible characters, old encodings (TCVN3, VNI) and broken font maps.

    Clean text comes back as it was (in NFC); line ends of every kind become line feeds, none is added or
    lost. Never raises.
    """
    plain, mapping, by_glyphs = decode_glyph_numbers(text)
    plain, normalised, notes = characters.normalise(plain)
    mapping = mapping.then(normalised)
    notes += ["font-map"] if by_glyphs else []
    if may_be_damaged(plain):
        plain, decoded, encodings = decode_legacy(plain)
        mapping = mapping.then(decoded)
        notes += encodings
    plain, latin, found = latinise(plain)
    mapping = mapping.then(latin)
    notes += ["lookalikes"] if found and "lookalikes" not in notes else []
    plain, dropped = characters.drop_soft_hyphens(plain)
    mapping = mapping.then(dropped)
    if may_be_damaged(plain):
        plain, mended, found = mend(plain)
        mapping = mapping.then(mended)
        notes += ["font-map"] if found and "font-map" not in notes else []
    return Repaired(plain, mapping, notes)
