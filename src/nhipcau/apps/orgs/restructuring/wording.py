"""Bodies by what people call them: name, abbreviation or alias of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nhipcau.apps.orgs.models import Alias, OrganisationVersion
from nhipcau.core.text import fold


@dataclass(slots=True)
class Called:
    """What each text means: `found` one body; `several` more than one; `missing` none."""

    found: dict[str, int] = field(default_factory=dict)
    several: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def bodies_called(texts: Iterable[str], day: date) -> Called:
    """Three queries. A name goes before an abbreviation or alias; a working unit before a place elsewhere."""
    wanted = {fold(text): text for text in texts if fold(text)}
    said = Called()
    names: dict[str, set[int]] = {}
    versions = OrganisationVersion.objects.filter(valid__contains=day)
    for rows in (versions.working(), versions):
        left = [key for key in wanted if key not in names]
        for key, pk in rows.filter(name_fold__in=left).values_list("name_fold", "organisation_id"):
            names.setdefault(key, set()).add(pk)
    left = [key for key in wanted if key not in names]
    if left:
        for text, pk in versions.exclude(abbreviation="").values_list("abbreviation", "organisation_id"):
            if fold(text) in left:
                names.setdefault(fold(text), set()).add(pk)
        aliases = Alias.objects.filter(valid__contains=day, text_fold__in=left)
        for key, pk in aliases.filter(organisation__versions__valid__contains=day).values_list(
            "text_fold", "organisation_id"
        ):
            names.setdefault(key, set()).add(pk)
    for key, text in wanted.items():
        hits = names.get(key, set())
        if len(hits) == 1:
            said.found[text] = next(iter(hits))
        elif hits:
            said.several.append(text)
        else:
            said.missing.append(text)
    return said
