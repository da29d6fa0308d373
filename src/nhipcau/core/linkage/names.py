"""Names taken apart, all records at once: surname, given name, the words between, a foreign given name.

A name is written in any order, with or without marks, with a foreign given name before or behind, and may
lack its middle. So what is compared is the set of its words; which one is the surname and which the given
name is a likely reading only (by how common the word is as a surname, and how the source writes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhipcau.core.linkage.codes import Codes, mixed
from nhipcau.core.linkage.vocabulary import Lexicon, Vocabulary, build, stays

WIDTH = 8
"""Words of a name that are looked at."""
KEPT = 5
"""Words of a name that are compared."""
_NOT_LETTERS = r"[^\p{L}\p{M}]+"
_ALSO_CALLED = (
    r"(?:[(\s,;-]+(?:tự|tức|bí danh|thường gọi|tên gọi khác|tên khác|tên thường gọi|còn gọi|hay gọi)[\s:]"
    r"|\(\s*(?:tu|tuc|bi danh|thuong goi|ten goi khac|ten khac|ten thuong goi|con goi|hay goi)[\s:]).*$"
)
"""What follows is a name at home: "Nguyễn Văn Tám tự Út", "Nguyen Van Tam (tu Ut)"."""

_BEHIND = r"\(|\s[-–]\s"
_BYNAME = re.compile(r"(.*\w[\s.-]+\w.*?)\s*(?:\s[-–]\s|\()([\s\w]+)\)?\s*")

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of every name: a row of word numbers a record, 0 behind the last, and each word's spelling
    with marks (0: written without)."""

    table: Numbers
    marks: Codes
    vocabulary: Vocabulary
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class NameParts:
    """What was read out of each name; codes, 0 for nothing there."""

    whole: Codes
    """All words but Thị and Văn inside, whatever their order."""
    words: list[Codes]
    """The same words one by one, `KEPT` columns, the empty last."""
    text: pa.Array
    """The same words as text, in the alphabet's order, for typing errors."""
    surname: Codes
    given: Codes
    given_text: pa.Array
    between: Codes
    given_known: NDArray[np.bool_]
    given_sure: NDArray[np.bool_]
    """False where the given name may as well be another word: names turned round, with words between."""
    foreign: Codes
    spelling: Codes
    initials: Codes
    letters: Codes
    """The letters of all words, wherever one ends: one code for "Sokha Chan" and "Chan So Kha"."""
    lexicon: Lexicon
    """What the names were read by."""


def split(names: pa.Array, lexicon: Lexicon | None = None) -> Words:
    """Cut names into words; each distinct word is looked at once."""
    clean = pc.utf8_lower(pc.utf8_normalize(pc.fill_null(names, ""), form="NFC"))
    clean = _without_bynames(pc.replace_substring_regex(clean, _ALSO_CALLED, ""))
    clean = pc.utf8_trim(pc.replace_substring_regex(clean, _NOT_LETTERS, " "), " ")
    cut = pc.split_pattern(clean, " ")
    lengths = pc.list_value_length(cut).to_numpy(zero_copy_only=False).astype(np.int64)
    flat = cut.flatten().dictionary_encode()
    raw = flat.indices.to_numpy(zero_copy_only=False)
    distinct = flat.dictionary.to_pylist()
    facts, lexicon = build(distinct, np.bincount(raw, minlength=len(distinct)), lexicon)
    parts = 1 + (facts.second[raw] > 0)
    heads = np.cumsum(parts) - parts
    numbers = np.repeat(facts.first[raw], parts)
    numbers[heads[parts == 2] + 1] = facts.second[raw[parts == 2]]
    marks = np.repeat(facts.spelling[raw], parts)
    owner = np.repeat(np.repeat(np.arange(len(lengths)), lengths), parts)
    starts = np.searchsorted(owner, np.arange(len(lengths)))
    place = np.arange(len(owner)) - starts[owner]
    fits = place < WIDTH
    table = np.zeros((len(lengths), WIDTH), dtype=np.int32)
    table[owner[fits], place[fits]] = numbers[fits]
    spelled = np.zeros((len(lengths), WIDTH), dtype=np.int64)
    spelled[owner[fits], place[fits]] = marks[fits]
    return Words(table, spelled, facts, lexicon)


def _without_bynames(clean: pa.Array) -> pa.Array:
    """Names without what stands in brackets or after a dash behind: "nguyễn thị lan (bé)", "lê văn ba - út".
    A foreign given name or a surname there stays."""
    some = pc.match_substring_regex(clean, _BEHIND)
    if not pc.any(some).as_py():
        return clean
    return pc.replace_with_mask(
        clean, some, pa.array([_without_byname(name.as_py()) for name in clean.filter(some)], pa.string())
    )


def _without_byname(name: str) -> str:
    found = _BYNAME.fullmatch(name)
    if not found or any(stays(word) for word in re.findall(r"[^\W\d_]+", found[2])):
        return name
    return found[1]


def _close_up(words: Words, gone: NDArray[np.bool_]) -> Words:
    """The same rows without the words that are gone."""
    touched = np.flatnonzero(gone.any(axis=1))
    if not len(touched):
        return words
    order = np.argsort(gone[touched] | (words.table[touched] == 0), axis=1, kind="stable")
    table, marks = words.table.copy(), words.marks.copy()
    table[touched] = np.take_along_axis(np.where(gone[touched], 0, table[touched]), order, axis=1)
    marks[touched] = np.take_along_axis(np.where(gone[touched], 0, marks[touched]), order, axis=1)
    return Words(table, marks, words.vocabulary, words.lexicon)


def _without_honorific(words: Words) -> Words:
    gone = np.zeros(words.table.shape, dtype=bool)
    gone[:, 0] = words.vocabulary.honorific[words.table[:, 0]] & (words.table[:, 2] != 0)
    # "Ông Văn Ba" may be a man of the family Ông: the word is left out of three only where a surname follows.
    # "Mrs" and "Dr" are no family's name.
    facts, first = words.vocabulary, words.table[:, 0]
    gone[:, 0] &= facts.no_syllable[first] | (facts.surname[words.table[:, 1]] > facts.surname[first])
    return _close_up(words, gone)


def _without_thi_in_front(words: Words) -> Words:
    """Turned round, "Thị Kim Thoa Nguyễn" has a Thị in front that is no surname."""
    facts, first = words.vocabulary, words.table[:, 0]
    size = (words.table != 0).sum(axis=1)
    last = facts.surname[words.table[np.arange(len(size)), np.maximum(size - 1, 0)]]
    gone = np.zeros(words.table.shape, dtype=bool)
    gone[:, 0] = facts.thi[first] & (size > 2) & ~facts.filler[words.table[:, 1]]
    gone[:, 0] &= last > np.maximum(facts.surname[words.table[:, 1]], facts.surname[first])
    return _close_up(words, gone)


def _take_foreign(words: Words) -> tuple[Words, Codes, NDArray[np.bool_]]:
    """The foreign given name apart (its code), and whether it stood first."""
    foreign = words.vocabulary.foreign[words.table]
    some = foreign.any(axis=1)
    place = foreign.argmax(axis=1)
    rows = np.arange(len(place))
    code = np.where(some, words.vocabulary.code[words.table[rows, place]], 0)
    gone = np.zeros(foreign.shape, dtype=bool)
    gone[rows[some], place[some]] = True
    gone[:, 0] &= words.table[:, 1] != 0  # a name of one word stays
    return _close_up(words, gone), code, some & (place == 0)


def read(names: pa.Array, turned: NDArray[np.float64], lexicon: Lexicon | None = None) -> NameParts:
    """Take names apart. `turned`: how likely the writer of each record puts the given name first. Without a
    lexicon what words are is learned from the names themselves."""
    words = _without_thi_in_front(_without_honorific(split(names, lexicon)))
    words, foreign, in_front = _take_foreign(words)
    facts, table = words.vocabulary, words.table
    rows = np.arange(len(table))
    size = (table != 0).sum(axis=1)
    last = table[rows, np.maximum(size - 1, 0)]
    first = table[:, 0]
    chance = np.where(in_front, np.maximum(turned, 0.8), turned)
    weight_last = np.where(facts.filler[last], 0.0, facts.surname[last])
    reverse = (size > 1) & (weight_last * chance > facts.surname[first] * (1 - chance))
    # No surname at either end: Chăm and other names, the father's name (no Vietnamese syllable) behind.
    reverse |= (size > 1) & ~facts.has_surname[first] & ~facts.has_surname[last] & facts.no_syllable[last]
    surname = np.where(reverse, last, first)
    inside = (np.arange(WIDTH) > 0) & (np.arange(WIDTH) < (size - 1)[:, None])
    core = np.where(inside & facts.filler[table], 0, table)
    given = np.where(size > 1, np.where(reverse, first, last), 0)
    sure = ~reverse | ~(inside & (core != 0)).any(axis=1)
    # Turned round, "Lan Ngoc Bui" and "Ngoc Lan Bui" are both written: the word that is a given name more
    # often.
    before = np.where(reverse & ~sure, core[rows, np.maximum(size - 2, 0)], 0)
    if lexicon is None:
        _learn_given(words, given[sure], np.where(inside, core, 0)[sure & ~reverse])
    share = np.array([words.lexicon.as_given.get(word, 0.5) for word in facts.words])
    given = np.where((before != 0) & (share[before] > share[given]), before, given)
    between = np.where((core == surname[:, None]) | (core == given[:, None]), 0, core)
    return NameParts(
        whole=_whatever_order(facts.code, core),
        words=_columns(facts.code, core),
        text=_as_text(facts.words, core),
        surname=facts.code[surname],
        given=facts.code[given],
        given_text=pa.array(facts.words).take(pa.array(given)),
        between=_whatever_order(facts.code, between),
        given_known=facts.known[given],
        given_sure=sure,
        foreign=foreign,
        spelling=_spelling(facts, core, words.marks),
        initials=_whatever_order(facts.initial, core),
        letters=_letters(facts.letters, core),
        lexicon=words.lexicon,
    )


def _learn_given(words: Words, given: Numbers, between: Numbers) -> None:
    """Note in the lexicon how often each word is the given name, of the times it is that or a middle word."""
    facts = words.vocabulary
    as_given = np.bincount(given, minlength=len(facts.words))
    as_middle = np.bincount(between.ravel(), minlength=len(facts.words))
    share = (as_given + 0.5) / (as_given + as_middle + 1.0)
    words.lexicon.as_given.update(zip(facts.words, share.tolist(), strict=True))


def _whatever_order(code: Codes, table: Numbers) -> Codes:
    """One code for the words of a row, whatever their order; 0 for an empty row."""
    each = mixed([code])
    each[code == 0] = 0
    total = each[table].sum(axis=1)
    return np.where((table != 0).any(axis=1), mixed([total]), 0)


def _letters(letters: Codes, table: Numbers) -> Codes:
    """One code for the letters of a row's words together; 0 for an empty row."""
    return np.where((table != 0).any(axis=1), mixed([letters[table].sum(axis=1)]), 0)


def _spelling(facts: Vocabulary, core: Numbers, marks: Codes) -> Codes:
    """One code for the words as spelled with marks; 0 where no word has any."""
    spelled = np.where(core != 0, np.where(marks != 0, marks, facts.code[core]), 0)
    marked = ((marks != 0) & (core != 0)).any(axis=1)
    return np.where(marked, mixed([spelled.sum(axis=1)]), 0)


def _alphabetical(core: Numbers) -> Numbers:
    """Each row's words in the alphabet's order, the empty last, cut to `KEPT`."""
    far = np.iinfo(np.int32).max
    ordered = np.sort(np.where(core == 0, far, core), axis=1)[:, :KEPT]
    return np.where(ordered == far, 0, ordered)


def _columns(code: Codes, core: Numbers) -> list[Codes]:
    ordered = _alphabetical(core)
    return [code[ordered[:, place]] for place in range(KEPT)]


def _as_text(words: tuple[str, ...], core: Numbers) -> pa.Array:
    ordered = _alphabetical(core)
    vocabulary_column = pa.array(words)
    parts = [vocabulary_column.take(pa.array(ordered[:, place])) for place in range(KEPT)]
    return pc.utf8_trim(pc.binary_join_element_wise(*parts, " "), " ")
