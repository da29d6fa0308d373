"""What one version of a report changed against another: figures, paragraphs, units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """`what`: figure | paragraph | unit | head. One side is empty for what is new or gone."""

    what: str
    where: str
    old: str
    new: str


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """From `old` to `new`, both report/1: the head, units, figures, then paragraphs by section."""
    return [
        *_mapped("head", _head(old), _head(new)),
        *_mapped("unit", _units(old), _units(new)),
        *_mapped("figure", _figures(old), _figures(new)),
        *_paragraphs(old, new),
    ]


def _mapped(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            yield Change(what, key, before, after)


def _head(content: Mapping[str, Any]) -> dict[str, str]:
    period = content["period"]
    return {
        "subject": content["report"]["subject"],
        "window": f"{period['first']} – {period['last']}",
        "form": f"{content['form']['title']} v{content['form']['version']}",
    }


def _units(content: Mapping[str, Any]) -> dict[str, str]:
    return {unit["name"]: f"{unit['state']} {unit['received_number']}".strip() for unit in content["units"]}


def _figures(content: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for indicator in content["indicators"]:
        found[indicator["name"]] = _shown(indicator["total"])
        for part in indicator["parts"]:
            found[f"{indicator['name']} · {part['label']}"] = _shown(part["total"])
    return found


def _shown(total: Mapping[str, Any]) -> str:
    return f"{total['amount'] if total['amount'] is not None else '…'} ({total['answered']}/{total['of']})"


def _paragraphs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    titles: dict[str, str] = {}
    texts: list[dict[str, list[str]]] = [{}, {}]
    for side, content in enumerate((old, new)):
        for section in content["sections"]:
            titles[section["key"]] = section["title"]
            texts[side][section["key"]] = [each["text"] for each in section["paragraphs"]]
        for row in content["difficulties"]:
            key = f"difficulties {row['addressee']}"
            titles[key] = row["addressee"]
            texts[side][key] = [each["text"] for each in row["paragraphs"]]
    for key, title in titles.items():
        for before, after in aligned(texts[0].get(key, []), texts[1].get(key, [])):
            yield Change("paragraph", title, before, after)


def aligned(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Changed, added and dropped paragraphs in order, one side empty where it has none; equal ones are left
    out.
    """
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[a:b], new[c:d], fillvalue="")
