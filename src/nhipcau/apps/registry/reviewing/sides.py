"""Two records side by side: what the register understood over what the sender wrote, and how both compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhipcau.apps.orgs.kept import Named, named_on
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.entering import TELLING_DIGITS
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.models import Group, Sex, SourceRecord
from nhipcau.core.text import fold

Digests = dict[str, set[bytes]]
SAME, NEAR, DIFFERENT, MISSING = "same", "near", "different", "missing"
MARKS = {
    SAME: ("eq", "done", pgettext_lazy("compared", "the same")),
    NEAR: ("near", "late", pgettext_lazy("compared", "near")),
    DIFFERENT: ("ne", "over", pgettext_lazy("compared", "different")),
    MISSING: ("wait", "open", pgettext_lazy("compared", "missing")),
}
# Field of a row → columns of the sender's sheet that it was read from (core.personvalues).
WRITTEN = {
    "name": ("name", "family_and_middle", "given_name"),
    "foreign_name": ("other_name",),
    "birth": ("birth", "birth_day", "birth_month", "birth_year", "birth_male", "birth_female"),
    "sex": ("sex", "sex_male", "sex_female"),
    "origin": ("origin", "commune", "district", "province"),
    "abroad": ("country", "city", "address_abroad"),
    "left_in": ("left", "stay"),
    "groups": (
        "group",
        "group_former_national",
        "group_settled",
        "group_married",
        "group_worker",
        "group_student",
    ),
    "relative": ("relative_name", "relative_relation"),
    "relative_phone": ("relative_phone",),
    "phone": ("phone",),
    "email": ("email",),
    "occupation": ("occupation",),
    "education": ("education",),
}
LABELS = {
    "name": gettext_lazy("Name"),
    "foreign_name": gettext_lazy("Foreign name"),
    "birth": gettext_lazy("Born"),
    "sex": gettext_lazy("Sex"),
    "origin": gettext_lazy("Origin"),
    "abroad": gettext_lazy("Lives in"),
    "left_in": gettext_lazy("Left in"),
    "groups": gettext_lazy("Groups"),
    "relative": gettext_lazy("Contact relative"),
    "relative_phone": gettext_lazy("Telephone of the relative"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "numbers": gettext_lazy("Identity numbers"),
    "occupation": gettext_lazy("Occupation"),
    "education": gettext_lazy("Education"),
}
# What says little about who somebody is: shown only where a record says it.
ASIDE = ("foreign_name", "relative_phone", "email", "occupation", "education")


# Fields in words of ours.
OURS = ("sex", "groups")


@dataclass(frozen=True, slots=True)
class Cell:
    """`words`: what is understood, each word with whether the other side lacks it. `ours`: words of ours."""

    words: tuple[tuple[str, bool], ...]
    written: str
    note: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    left: Cell
    right: Cell
    mark: str

    @property
    def icon(self) -> str:
        return MARKS[self.mark][0]

    @property
    def colour(self) -> str:
        return MARKS[self.mark][1]

    @property
    def says(self) -> str:
        return str(MARKS[self.mark][2])


@dataclass(frozen=True, slots=True)
class Names:
    """Names of places and senders today, and of countries, for all records of a page."""

    bodies: Mapping[int, Named]
    countries: Mapping[str, str]

    @classmethod
    def of(cls, records: Iterable[SourceRecord], user: object, *, more: Iterable[int] = ()) -> Names:
        """At most two queries. `more` are other bodies to name."""
        rows = list(records)
        bodies = {*more, *(each.sender_id for each in rows), *(each.place_id or 0 for each in rows)}
        codes = {each.country for each in rows if each.country}
        countries = Country.objects.visible_to(user).current().filter(code__in=codes) if codes else ()
        return cls(named_on(bodies, timezone.localdate()), {each.code: each.label for each in countries})

    def body(self, pk: int | None) -> str:
        return self.bodies[pk].name if pk is not None and pk in self.bodies else ""

    def origin(self, record: SourceRecord) -> str:
        """The commune as it is called today, else as it was written."""
        return self.body(record.place_id) or record.place_text

    def abroad(self, record: SourceRecord) -> str:
        country = self.countries.get(record.country, record.country)
        return ", ".join(each for each in (record.city, country) if each)


def lines(
    left: SourceRecord,
    right: SourceRecord,
    names: Names,
    numbers: tuple[Digests, Digests] = ({}, {}),
) -> list[Line]:
    """A row for each thing that a record says; what identifies a person also where none does."""
    found = []
    for field, label in LABELS.items():
        if field == "numbers":
            found += _numbers(*numbers)
            continue
        ours, theirs = _value(field, left, names), _value(field, right, names)
        if field in ASIDE and not (ours or theirs):
            continue
        mark = _mark(field, left, right, ours, theirs)
        one, other = _cell(field, left, ours, theirs, mark), _cell(field, right, theirs, ours, mark)
        found.append(Line(str(label), one, other, mark))
    return found


def source_of(record: SourceRecord) -> str:
    return str(record.round or record.running_source or "")


def _value(field: str, record: SourceRecord, names: Names) -> str:
    if field == "origin":
        return names.origin(record)
    if field == "abroad":
        return names.abroad(record)
    if field == "groups":
        return capfirst("; ".join(str(label) for group, label in Group.choices if group in record.groups))
    if field == "relative":
        relation = f" ({record.relative_relation})" if record.relative_relation else ""
        return f"{record.relative_name}{relation}" if record.relative_name else ""
    if field == "sex":
        return capfirst(str(dict(Sex.choices).get(record.sex, "")))
    if field in ("birth", "left_in"):
        return as_written(getattr(record, field))
    return str(getattr(record, field))


def _cell(field: str, record: SourceRecord, own: str, other: str, mark: str) -> Cell:
    known = {fold(word) for word in other.split()}
    odd = mark in (NEAR, DIFFERENT) and field not in OURS
    words = tuple((word, odd and fold(word) not in known) for word in own.split())
    note = _("only the year is known") if field == "birth" and len(record.birth) == 4 else ""
    return Cell(words, _written(field, record), note, ours=field in OURS)


def _mark(field: str, left: SourceRecord, right: SourceRecord, ours: str, theirs: str) -> str:
    if not ours or not theirs:
        return MISSING
    if field in ("birth", "left_in"):
        return _dates(getattr(left, field), getattr(right, field))
    if field in ("phone", "relative_phone"):
        return _sorted_out(_telling(ours) == _telling(theirs), near=False)
    if field == "origin" and left.place_id and right.place_id:
        return _sorted_out(left.place_id == right.place_id, near=False)
    if field == "abroad":
        same = left.country == right.country
        return _sorted_out(same and fold(left.city) == fold(right.city), near=same)
    if field == "relative":
        ours, theirs = left.relative_name, right.relative_name
    if field == "groups":
        mine, hers = set(left.groups), set(right.groups)
        return _sorted_out(mine == hers, near=bool(mine & hers))
    return _texts(ours, theirs)


def _texts(ours: str, theirs: str) -> str:
    """The same but for marks, case and order; near where they share half of the shorter one's words."""
    if ours.split() == theirs.split():
        return SAME
    mine, hers = sorted(fold(ours).split()), sorted(fold(theirs).split())
    if mine == hers:
        return SAME if fold(ours) == fold(theirs) and ours.casefold() == theirs.casefold() else NEAR
    shared = len(set(mine) & set(hers))
    return _sorted_out(False, near=2 * shared >= min(len(mine), len(hers)) > 0)


def _dates(ours: str, theirs: str) -> str:
    """1962 and 30/5/1962 are near: nothing speaks against it."""
    short = min(len(ours), len(theirs))
    if ours == theirs:
        return SAME
    return _sorted_out(False, near=ours[:short] == theirs[:short])


def _telling(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())[-TELLING_DIGITS:]


def _sorted_out(same: bool, *, near: bool) -> str:
    return SAME if same else NEAR if near else DIFFERENT


def _numbers(ours: Digests, theirs: Digests) -> list[Line]:
    """Compared by their digests; a number itself is never shown here. Of one kind a line."""
    found = []
    for kind in {**ours, **theirs}:
        mine, hers = ours.get(kind, set()), theirs.get(kind, set())
        mark = MISSING if not mine or not hers else _sorted_out(bool(mine & hers), near=False)
        cells = [Cell((), "", _("sealed") if each else "", ours=True) for each in (mine, hers)]
        found.append(Line(kind[:1].upper() + kind[1:], cells[0], cells[1], mark))
    return found


def digests(record: SourceRecord) -> Digests:
    """Of her identity numbers: kind → digests."""
    found: Digests = {}
    for number in record.identity_numbers.all():
        found.setdefault(str(number.get_kind_display()), set()).add(bytes(number.digest))
    return found


def _written(field: str, record: SourceRecord) -> str:
    """The sender's own words, of all columns that the field was read from."""
    if record.intake is None or not isinstance(record.written, dict):
        return ""
    told = (record.written.get(heading) for heading in _headings(field, record))
    return " · ".join(str(each) for each in told if each not in (None, ""))


def _headings(field: str, record: SourceRecord) -> list[str]:
    assert record.intake is not None
    sheet: Mapping[str, Any] = next(
        (each for each in record.intake.sheets if each.get("index") == record.sheet), {}
    )
    headings: Sequence[str] = sheet.get("headings") or ()
    columns: Mapping[str, int] = sheet.get("columns") or {}
    places = (columns.get(code) for code in WRITTEN.get(field, ()))
    return [headings[at] for at in places if at is not None and at < len(headings)]


@dataclass(frozen=True, slots=True)
class Head:
    """Who sent a record and when."""

    letter: str
    sender: str
    source: str
    row: int | None
    came: str
    on: date
    by: str
    intake: int | None


def head(letter: str, record: SourceRecord, names: Names) -> Head:
    return Head(
        letter,
        names.body(record.sender_id),
        source_of(record),
        record.row,
        str(record.get_origin_display()),
        record.stated_on,
        str(record.get_basis_display()),
        record.intake_id,
    )
