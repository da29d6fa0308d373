"""Countries and communes by any of their names."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nhipcau.core.linkage.codes import Codes, code_of
from nhipcau.core.linkage.values import coded, each_distinct
from nhipcau.core.linkage.vocabulary import one_slip_away
from nhipcau.core.text import fold

_TYPE_WORD = re.compile(r"^(xa|x|phuong|p|thi tran|tt|dac khu|dk)[. ]+(?=\S)|^(x|p|tt)\.(?=\S)")
_CUT = re.compile(r"\s*[,;]\s*|\s+-\s+")
_DISTRICT_WORD = re.compile(r"^(huyen|h|quan|q|thi xa|tx|thanh pho|tp)[. ]+(?=\S)|^(h|q|tx|tp)\.(?=\S)")
_COUNTRY_CUT = re.compile(r"[,;/|()\n]|\s-\s")
_COUNTRY_WORD = re.compile(r"^(?:nuoc|o|tai|dinh cu o|dinh cu tai|dang o) ")


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    with (files(__package__) / "data" / "countries.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {name.strip(): row["code"] for row in rows for name in row["names"].split(";")}


def read_country(text: str) -> str:
    """The country's ISO code by any of its names, else the folded text."""
    name = fold(text).strip(" .")
    whole = _country_named(name)
    if whole:
        return whole
    parts = {_country_named(part) for part in _COUNTRY_CUT.split(name)} - {""}
    return parts.pop() if len(parts) == 1 else name.upper()


def _country_named(name: str) -> str:
    """The code of a folded name, "" where it is none."""
    name = name.strip(" .")
    spelled = (name, name.replace("-", ""), name.replace(".", ""), _COUNTRY_WORD.sub("", name))
    return next((_country_names()[one] for one in spelled if one in _country_names()), "")


def countries(column: pa.Array) -> Codes:
    """Codes of countries."""
    return coded(column, read_country)


def commune_name(text: str) -> str:
    """A commune's folded name without its type ("Xã Vĩnh Lộc" → "vinh loc")."""
    return _TYPE_WORD.sub("", fold(text)).replace("y", "i").strip(" .,")


def district_name(text: str) -> str:
    """A district's folded name without its type; the type stays before a number ("quan 1")."""
    return _DISTRICT_WORD.sub("", fold(text)).replace("y", "i").strip(" .,")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record says its person comes from: codes of the unit today, the unit of old and the
    district."""

    commune: int = 0
    old_commune: int = 0
    district: int = 0


class Gazetteer:
    """Communes of old and of today by province and name.

    Made from rows (prov, old_id, old_name, district, new_name, new_code): a commune of old and what it
    became.
    """

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Index the rows by every name."""
        self._by_name: dict[tuple[str, str], list[Place]] = {}
        self._districts: dict[tuple[str, str], int] = {}
        new_names = {(str(row["prov"]), commune_name(row["new_name"])) for row in rows}
        homes: dict[int, set[int]] = {}
        for row in rows:
            province, name = str(row["prov"]), district_name(row["district"] or "")
            district = self._districts.setdefault((province, name), code_of(f"{province}/{name}"))
            homes.setdefault(code_of(f"today {row['new_code']}"), set()).add(district)
        for row in rows:
            province, name = str(row["prov"]), commune_name(row["old_name"])
            today, district = (
                code_of(f"today {row['new_code']}"),
                self._districts[province, district_name(row["district"] or "")],
            )
            home = min(homes[today]) if len(homes[today]) == 1 else 0
            if (province, name) in new_names:
                # A unit of today bears the name too: which unit of old is meant is not known.
                self._add(province, name, Place(today, 0, home))
            else:
                self._add(province, name, Place(today, code_of(f"old {province}/{row['old_id']}"), district))
            self._add(province, commune_name(row["new_name"]), Place(today, 0, home))

    def _add(self, province: str, name: str, place: Place) -> None:
        places = self._by_name.setdefault((province, name), [])
        if place not in places:
            places.append(place)

    def _named(self, province: str, name: str) -> list[Place]:
        """The places of that name; where there is none, those whose name is one slip of the keys away."""
        found = self._by_name.get((province, name), [])
        if found or len(name) < 5:
            return found
        near = [
            self._by_name[province, slip]
            for slip in one_slip_away(name, " ")
            if (province, slip) in self._by_name
        ]
        return near[0] if len(near) == 1 else []

    def find(self, province: str, commune: str, district: str) -> Place:
        """What is known of a written place; empty where its name is not known."""
        commune, _, rest = (part.strip() for part in _CUT.sub("\x1f", commune).partition("\x1f"))
        district = district or rest.partition("\x1f")[0]
        home = self._districts.get((province, district_name(district)), 0) if district else 0
        found = self._named(province, commune_name(commune)) if commune else []
        if home and len(found) > 1:
            found = [place for place in found if place.district == home] or found
        if len(found) == 1 or (found and len({place.commune for place in found}) == 1):
            place = found[0]
            return Place(place.commune, place.old_commune if len(found) == 1 else 0, home or place.district)
        if home or not district:
            return Place(0, 0, home)
        return Place(0, 0, code_of(f"{province}/{district_name(district)}"))

    def look_up(
        self, province: pa.Array, commune: pa.Array, district: pa.Array
    ) -> tuple[Codes, Codes, Codes]:
        """Codes of today's communes, communes of old, and districts, for columns of written places."""
        texts = [pc.fill_null(column.cast(pa.string()), "") for column in (province, commune, district)]
        whole = pc.binary_join_element_wise(*texts, "\x1f")
        answers, places = each_distinct(whole, lambda text: self.find(*text.split("\x1f")))
        table = np.array(
            [(a.commune, a.old_commune, a.district) for a in answers] or [(0, 0, 0)], dtype=np.int64
        )
        rows = table[places]
        return rows[:, 0], rows[:, 1], rows[:, 2]
