"""Vietnamese text: folding for search, keys for order, syllables, and the mending of damaged text.

Importing this package is cheap; the tables of the mender are loaded when it first needs them.
"""

from nhipcau.core.text.collation import sort_key
from nhipcau.core.text.folding import fold, nfc
from nhipcau.core.text.repairing import Repaired, repair
from nhipcau.core.text.syllables import Syllable, folded_syllables, is_syllable, split_syllable
from nhipcau.core.text.textmap import Edit, TextMap, apply_edits

__all__ = [
    "Edit",
    "Repaired",
    "Syllable",
    "TextMap",
    "apply_edits",
    "fold",
    "folded_syllables",
    "is_syllable",
    "nfc",
    "repair",
    "sort_key",
    "split_syllable",
]
