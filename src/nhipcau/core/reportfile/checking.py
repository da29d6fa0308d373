"""Whether a report file is what it says: well-formed, undamaged, and in agreement with itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

from nhipcau.core.reportfile.canonical import DIGEST, digest_of

MOST_BYTES = 60 * 2**20
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """`code`: not-json | schema | digest | unit | count | sum. `where` is a path, as indicators/3/total."""

    code: str
    where: str = ""
    found: str = ""
    expected: str = ""


def read(data: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The content of a file, when it is one, and everything that is wrong with it."""
    if len(data) > MOST_BYTES:
        return None, [Problem("not-json", found=f"{len(data)} bytes", expected=f"at most {MOST_BYTES}")]
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_float=_no_float, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        return None, [Problem("not-json", found=str(error)[:200])]
    problems = check(content)
    broken = any(problem.code == "schema" for problem in problems)
    return (None if broken else content), problems


def check(content: object) -> list[Problem]:
    """What is wrong, at most 50 problems; the later checks only where the schema holds."""
    wrong = [
        Problem("schema", "/".join(str(step) for step in error.absolute_path), error.message[:200])
        for error, _number in zip(_validator().iter_errors(content), range(MOST_PROBLEMS), strict=False)
    ]
    if wrong or not isinstance(content, Mapping):
        return wrong or [Problem("schema")]
    found = [*_digest(content), *_units(content), *_totals(content)]
    return found[:MOST_PROBLEMS]


def _no_float(text: str) -> object:
    raise ValueError(f"a report holds no fraction outside a text: {text}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _value in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    schema = resources.files("nhipcau.core.reportfile").joinpath("report-1.schema.json")
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _digest(content: Mapping[str, Any]) -> Iterator[Problem]:
    computed = digest_of(content)
    if computed != content[DIGEST]:
        yield Problem("digest", DIGEST, str(content[DIGEST]), computed)


def _units(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything that speaks of a unit speaks of one that is listed, once."""
    known = [unit["id"] for unit in content["units"]]
    for twice in {unit for unit in known if known.count(unit) > 1}:
        yield Problem("unit", "units", twice)
    there = set(known)
    for where, unit in _named(content):
        if unit not in there:
            yield Problem("unit", where, unit)


def _named(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for at, unit in enumerate(content["units"]):
        if "with" in unit:
            yield f"units/{at}/with", unit["with"]
    for where, total in _all_totals(content):
        for name in ("missing", "no_data"):
            yield from ((f"{where}/{name}", unit) for unit in total[name])
        yield from ((f"{where}/by_unit", each["unit"]) for each in total["by_unit"])
    groups = [("sections", content["sections"]), ("difficulties", content["difficulties"])]
    for name, rows in groups:
        for at, row in enumerate(rows):
            for number, paragraph in enumerate(row["paragraphs"]):
                for source in paragraph["sources"]:
                    yield f"{name}/{at}/paragraphs/{number}", source["unit"]
    yield from ((f"not_taken/{at}", each["unit"]) for at, each in enumerate(content["not_taken"]))


def _all_totals(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for at, indicator in enumerate(content["indicators"]):
        yield f"indicators/{at}/total", indicator["total"]
        for number, part in enumerate(indicator["parts"]):
            yield f"indicators/{at}/parts/{number}/total", part["total"]


def _totals(content: Mapping[str, Any]) -> Iterator[Problem]:
    """n of N adds up, and the total is what the rule makes of the units' figures."""
    for at, indicator in enumerate(content["indicators"]):
        for path, total in _all_totals({"indicators": [indicator]}):
            where = f"indicators/{at}/{path.removeprefix('indicators/0/')}"
            answered = len(total["by_unit"])
            named = answered + len({*total["missing"], *total["no_data"]})
            if (total["answered"], total["of"]) != (answered, named):
                found = f"{total['answered']}/{total['of']}"
                yield Problem("count", where, found, f"{answered}/{named}")
            made = _added(indicator, total)
            if made is not None and (total["amount"] is None or Decimal(total["amount"]) != made):
                yield Problem("sum", where, str(total["amount"]), str(made))


def _added(indicator: Mapping[str, Any], total: Mapping[str, Any]) -> Decimal | None:
    """Sum or largest of the units' figures; None where it cannot be told from them alone."""
    amounts = [Decimal(each["amount"]) for each in total["by_unit"] if each["amount"] is not None]
    if not amounts or indicator["kind"] == "ratio":
        return None
    if indicator["over_units"] == "sum":
        return sum(amounts, Decimal(0))
    return max(amounts) if indicator["over_units"] == "max" else None
