"""Whom difficulties and proposals are addressed to: names of the same body are one, however written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from nhipcau.apps.orgs.directory import directory
from nhipcau.apps.reference.models import Abbreviation
from nhipcau.core.text import fold

_ASKING = re.compile(
    r"^(?:kinh )?(?:(?:de nghi|kien nghi|de xuat|doi voi|gui|kinh gui|voi|trinh|bao cao|xin)\s+)+"
    r"(?:voi |den |toi )?"
)
_TRIM = re.compile(r"^[\s\W_]+|[\s\W_]+$")


@dataclass(frozen=True, slots=True)
class Addressees:
    """`known`: key of a name, abbreviation or alias → the body's name. `short`: abbreviation → words; both
    folded. `places`: folded names of the province, which its bodies bear or leave out.
    """

    known: Mapping[str, str]
    short: Mapping[str, str]
    places: tuple[str, ...]


def directory_of_addressees() -> Addressees:
    """As of today; five queries."""
    today = timezone.localdate()
    found = directory(today)
    rows = Abbreviation.objects.filter(valid__contains=today).values_list("text", "expansion")
    short = {fold(text): fold(expansion) for text, expansion in rows if " " not in text}
    places = tuple(sorted((fold(place) for place in found.own_places()), key=len, reverse=True))
    plain = Addressees({}, short, places)
    known: dict[str, str] = {}
    for body in found.organisations.values():
        for text in (body.name, body.abbreviation, *body.aliases):
            if text:
                known.setdefault(addressee_key(text, plain), body.name)
    return Addressees(known, short, places)


def addressee_key(text: str, found: Addressees) -> str:
    """Equal for what names one body: marks, case, "kính đề nghị", abbreviations and the province aside."""
    low = _TRIM.sub("", fold(text))
    low = _ASKING.sub("", low)
    words = re.findall(r"[^\W_]+(?:&[^\W_]+)?", low)
    expanded = " ".join(found.short.get(word, word) for word in words)
    for place in found.places:
        # "Sở Y tế tỉnh Lam Giang" is "Sở Y tế tỉnh" and "Sở Y tế".
        expanded = expanded.removesuffix(f" {place}")
    for level in (" tinh", " thanh pho"):
        expanded = expanded.removesuffix(level)
    return expanded


def addressee_label(text: str, found: Addressees) -> str:
    """The body's name where it is known; else as written, without the asking."""
    known = found.known.get(addressee_key(text, found))
    if known:
        return known
    bare = _TRIM.sub("", text)
    asked = _ASKING.match(fold(bare))
    kept = " ".join(bare.split()[len(asked[0].split()) :]) if asked else " ".join(bare.split())
    kept = kept or " ".join(bare.split())
    return kept[:1].upper() + kept[1:300]
