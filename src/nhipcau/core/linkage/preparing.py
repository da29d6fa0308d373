"""Records as written → columns of codes that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhipcau.core.linkage import names, values
from nhipcau.core.linkage.codes import Codes, joined
from nhipcau.core.linkage.places import Gazetteer, countries
from nhipcau.core.linkage.vocabulary import Lexicon

GIVEN_NAME_FIRST = {"commune": 0.02, "labour": 0.03, "educ": 0.03}
"""How likely a source writes the given name first: officials at home hardly ever."""
ELSEWHERE = 0.25

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Lexicons:
    """What names of people and of relatives were read by."""

    people: Lexicon
    relatives: Lexicon


def prepare(records: pa.Table, gazetteer: Gazetteer) -> pa.Table:
    """The table that keys and comparisons work on: `unique_id` and codes, 0 for what is not known."""
    return read(records, gazetteer)[0]


def read(
    records: pa.Table, gazetteer: Gazetteer, lexicons: Lexicons | None = None
) -> tuple[pa.Table, Lexicons]:
    """The prepared table, and what names were read by: the lexicons given, else learned from the records."""
    people, own = _name_columns(records, lexicons.people if lexicons else None)
    household, relatives = _household_columns(records, lexicons.relatives if lexicons else None)
    columns = {
        "unique_id": records["record_id"].to_numpy().astype(np.int64),
        **people,
        **_personal_columns(records),
        **_place_columns(records, gazetteer),
        **household,
    }
    return pa.table(columns), Lexicons(own, relatives)


def _array(records: pa.Table, name: str) -> pa.Array:
    column = records[name]
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _name_columns(records: pa.Table, lexicon: Lexicon | None) -> tuple[Mapping[str, Any], Lexicon]:
    turned_by, places = values.each_distinct(
        _array(records, "source"), lambda source: GIVEN_NAME_FIRST.get(source, ELSEWHERE)
    )
    parts = names.read(_array(records, "name"), np.array(turned_by or [ELSEWHERE])[places], lexicon)
    pair = _pair(parts.surname, parts.given)
    columns = {
        "name": parts.whole,
        **{f"w{place}": column for place, column in enumerate(parts.words)},
        "name_text": parts.text,
        "surname": parts.surname,
        "given": parts.given,
        "given_text": parts.given_text,
        "between": parts.between,
        "given_known": parts.given_known.astype(np.int8),
        "given_sure": parts.given_sure.astype(np.int8),
        "foreign_name": parts.foreign,
        "spelling": parts.spelling,
        "initials": parts.initials,
        "letters": parts.letters,
        "words": np.sum([column != 0 for column in parts.words], axis=0, dtype=np.int8),
        "pair": pair,
    }
    return columns, parts.lexicon


def _pair(one: Codes, other: Codes) -> Codes:
    """A code of two words whatever their order."""
    return joined([np.minimum(one, other), np.maximum(one, other)])


def _personal_columns(records: pa.Table) -> Mapping[str, Any]:
    year, month, day = values.births(_array(records, "birth"))
    papers = values.papers(_array(records, "doc_no"))
    year = np.where((year == 0) & (papers.birth_year != 0), papers.birth_year, year)
    woman = values.sexes(_array(records, "sex"))
    phone = values.own_phones(_array(records, "phone"))
    arrival = pc.fill_null(_array(records, "arrival_year"), 0).to_numpy(zero_copy_only=False)
    return {
        "birth_year": year,
        "birth_month": month,
        "birth_day": day,
        "sex": np.where(woman < 0, papers.woman, woman) + 1,
        "paper": papers.code,
        "paper_text": papers.text,
        "paper_kind": papers.kind,
        "phone": phone,
        "phone_text": _as_text(phone),
        "email": values.emails(_array(records, "email")),
        "kind_of_stay": pc.fill_null(_array(records, "grp"), -1).to_numpy(zero_copy_only=False) + 1,
        "arrival": arrival.astype(np.int32),
    }


def _as_text(numbers: Codes) -> pa.Array:
    text = pa.array(numbers).cast(pa.string())
    return pc.if_else(pa.array(numbers == 0), "", text)


def _place_columns(records: pa.Table, gazetteer: Gazetteer) -> Mapping[str, Any]:
    commune, old_commune, district = gazetteer.look_up(
        *(_array(records, name) for name in ("prov", "commune", "district"))
    )
    return {
        "commune": commune,
        "old_commune": old_commune,
        "district": district,
        "country": countries(_array(records, "country")),
    }


def _household_columns(records: pa.Table, lexicon: Lexicon | None) -> tuple[Mapping[str, Any], Lexicon]:
    relative = names.read(_array(records, "rel_name"), np.full(len(records), 0.02), lexicon)
    phone = values.vietnamese_phones(_array(records, "rel_phone"))
    columns = {
        "relative": relative.whole,
        "relative_pair": _pair(relative.surname, relative.given),
        "relative_text": relative.text,
        "relative_phone": phone,
        "relative_phone_text": _as_text(phone),
    }
    return columns, relative.lexicon
