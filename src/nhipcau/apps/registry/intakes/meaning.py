"""What a row was understood to say, as columns of a record; and the words by which the record is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.apps.registry.entering import likeness_of, phone_words
from nhipcau.apps.registry.models import Group, Sex
from nhipcau.core.personvalues import Country, Name, Origin, PartialDay, Phone, Stay, Understood
from nhipcau.core.text import fold, sort_key

SEXES = {"male": Sex.MALE.value, "female": Sex.FEMALE.value}
# The settled are called migrants in the register.
GROUPS = {"settled": Group.MIGRANT.value}
HOME = "VN"
TEXTS = {
    "city": ("city", 120),
    "address_abroad": ("address_abroad", 300),
    "relative_address": ("relative_address", 300),
    "occupation": ("occupation", 200),
    "education": ("education", 200),
    "skills": ("skills", 300),
    "languages": ("languages", 200),
    "contribution": ("wants_to_contribute", 300),
    "relative_relation": ("relative_relation", 60),
    "old_id": ("outside_number", 60),
    "email": ("email", 200),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Units of core.places (keys) → organisations; and our own communes that it does not know, by name."""

    by_key: Mapping[str, int]
    own: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def settle(self, found: Understood, columns: Mapping[str, int], cells: Sequence[str]) -> int | None:
        """Our own commune where the cell names one; then it is no longer wrong."""
        place = columns.get("commune", -1)
        text = cells[place] if self.own and 0 <= place < len(cells) else ""
        own = self.own.get(fold(text)) if text else None
        if own is not None and "origin" not in found.values:
            found.problems.pop(place, None)
        return None if "origin" in found.values else own

    def of(self, origin: Origin) -> int | None:
        """The commune where it is certain: of several candidates none is taken."""
        if len(origin.now) == 1 and "not-a-commune" not in origin.doubts:
            return self.by_key.get(origin.now[0].key)
        return None


def meaning_of(found: Understood, places: Places, own: tuple[int, str] | None = None) -> dict[str, Any]:
    """Columns of SourceRecord, only those that say something; `own`: our commune, and how it was written."""
    made: dict[str, Any] = {}
    values = found.values
    name = values.get("name")
    if isinstance(name, Name):
        _name(name, made)
    _days(values, made)
    origin = values.get("origin")
    if isinstance(origin, Origin):
        made["place_text"] = origin.written[:300]
        made["place_id"] = places.of(origin)
    elif own is not None:
        made["place_id"], made["place_text"] = own
    country = values.get("country")
    if isinstance(country, Country):
        made["country"] = country.code
        made["city"] = country.rest[:120]
    for field, (column, most) in TEXTS.items():
        value = values.get(field)
        if isinstance(value, str):
            made[column] = value[:most]
    _people(values, made)
    _phones(values, made)
    _facts(values, made)
    if isinstance(name, Name):
        made["likeness"] = likeness_of(name, made.get("birth", ""))
    made["words"] = _words(made)
    return {column: value for column, value in made.items() if value not in ("", None, [])}


def _name(name: Name, made: dict[str, Any]) -> None:
    made["name"] = name.display[:200]
    made["surname"], made["given"] = name.family[:60], name.given[:60]
    foreign = [name.foreign, *name.others]
    made["foreign_name"] = "; ".join(each for each in foreign if each)[:200]
    made["name_sort"] = sort_key(made["name"])[:600]


def _days(values: Mapping[str, Any], made: dict[str, Any]) -> None:
    for field, column in (("birth", "birth"), ("left", "left_in")):
        day = values.get(field)
        if isinstance(day, PartialDay):
            made[column] = day.iso


def _people(values: Mapping[str, Any], made: dict[str, Any]) -> None:
    made["sex"] = SEXES.get(str(values.get("sex", "")), "")
    groups = values.get("group")
    if isinstance(groups, tuple):
        made["groups"] = [GROUPS.get(str(group), str(group)) for group in groups]
    relative = values.get("relative_name")
    if isinstance(relative, Name):
        made["relative_name"] = relative.display[:200]


def _phones(values: Mapping[str, Any], made: dict[str, Any]) -> None:
    """The first of her own numbers, the further ones of either column, and the relative's."""
    hers = [*_numbers(values.get("phone")), *_numbers(values.get("other_phone"))]
    hers = list(dict.fromkeys(hers))
    if hers:
        made["phone"], made["other_phones"] = hers[0][:40], "; ".join(hers[1:])[:120]
    relative = values.get("relative_phone")
    if isinstance(relative, Phone):
        made["relative_phone"] = (relative.e164 or relative.digits)[:40]


def _numbers(phone: object) -> list[str]:
    if not isinstance(phone, Phone):
        return []
    return [each.e164 or each.digits for each in (phone, *phone.others)]


def _facts(values: Mapping[str, Any], made: dict[str, Any]) -> None:
    """What held from when to when, only where that is told: `stay` of the residence, `spells` by group,
    `nationalities` by country, each [since, until] or [status, since].
    """
    stay, returned = values.get("stay"), _iso(values.get("returned"))
    since, until = made.get("left_in", ""), returned
    if isinstance(stay, Stay):
        since, until = _iso(stay.since) or since, _iso(stay.until) or returned
    if made.get("country") and (since or until):
        made["stay"] = [since, until]
    groups, spell = made.get("groups", []), [_iso(values.get(f"group_{end}")) for end in ("since", "until")]
    # The dates are of one group; of several nobody says which.
    if len(groups) == 1 and any(spell):
        made["spells"] = {groups[0]: spell}
    _nationalities(values, made)


def _nationalities(values: Mapping[str, Any], made: dict[str, Any]) -> None:
    written = values.get("nationality")
    held = [each.code for each in written if isinstance(each, Country)] if isinstance(written, tuple) else []
    since, lost = _iso(values.get("nationality_since")), _iso(values.get("nationality_lost"))
    foreign = [code for code in held if code != HOME]
    found = {code: ["held", since if foreign == [code] else ""] for code in held}
    if lost:
        found[HOME] = ["lost", lost]
    made["nationalities"] = found or None


def _iso(day: object) -> str:
    return day.iso if isinstance(day, PartialDay) else ""


def _words(made: Mapping[str, Any]) -> str:
    """As `entering.prepare`, without the words of country and place, which are added by the database."""
    years = {made[field][:4] for field in ("birth", "left_in") if field in made}
    groups = (str(label) for value, label in Group.choices if value in made.get("groups", ()))
    phones = phone_words(made.get("phone", ""), made.get("other_phones", ""))
    names = (made.get(field, "") for field in ("name", "foreign_name", "city"))
    return fold(" ".join(part for part in (*names, *sorted(years), *groups, *sorted(phones)) if part))
