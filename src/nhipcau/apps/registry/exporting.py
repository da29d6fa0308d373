"""Lists of people as files: who is in them, which columns they have, the mark they bear."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.deriving import FIELDS
from nhipcau.apps.registry.models import Basis, Export, Group, Person, Purpose, Sex, SourceRecord
from nhipcau.apps.registry.models.person import PersonQuerySet
from nhipcau.apps.registry.numbers import persons_with
from nhipcau.apps.registry.search import find
from nhipcau.apps.webkit.formats import format_moment
from nhipcau.core.filegate.cells import sheet_text
from nhipcau.core.personvalues import PartialDay

MOST_PEOPLE = 50_000
AT_ONCE = 500
HEADS_ROW = 3
# The number of the first person's row, as a reader of the file counts.
FIRST_LINE = HEADS_ROW + 2
_LABELS = {column.attname: column.verbose_name for column in SourceRecord._meta.concrete_fields}
# What may be in a file; identity numbers never, nor words as they were written.
COLUMNS: dict[str, object] = {
    "name": _LABELS["name"],
    "foreign_name": _LABELS["foreign_name"],
    "sex": _LABELS["sex"],
    "birth_year": pgettext_lazy("column", "year of birth"),
    "birth": _LABELS["birth"],
    "place_id": _LABELS["place_id"],
    "country": _LABELS["country"],
    "groups": _LABELS["groups"],
    "basis": _LABELS["basis"],
}
COLUMNS |= {field: _LABELS[field] for field in FIELDS if field not in COLUMNS and field != "place_text"}
NARROWED_BY = ("q", "country", "group", "basis")
TOO_MANY_FOUND = gettext_lazy("Too many people fit these words. Add a word, or leave the words out.")


def columns() -> list[tuple[str, str]]:
    """Code and label, in the order in which they stand in a file."""
    return [(code, capfirst(str(label))) for code, label in COLUMNS.items()]


# What people ended their consent to, by what a file is for: without being kept in the register nothing is.
ENDED_BY: dict[str, tuple[Purpose, ...]] = {
    Export.Purpose.CONTACT: (Purpose.REGISTER, Purpose.CONTACT),
    Export.Purpose.SHARING: (Purpose.REGISTER, Purpose.SHARING),
}


def ended_by(purpose: str) -> tuple[Purpose, ...]:
    """Whoever withdrew one of these consents is in no file for the purpose."""
    return ENDED_BY.get(purpose, (Purpose.REGISTER,))


def usable_for(purpose: str) -> PersonQuerySet:
    """Without restricted ones and those who withdrew their consent to it; who was never asked is there."""
    people = Person.objects.usable()
    for each in ended_by(purpose):
        people = people.not_declining(each)
    return people


def wanted_people(user: object, wanted: Mapping[str, str], purpose: str = "") -> QuerySet[Person]:
    """Those of her scope that fit and may be used for the purpose, in the order of names. `wanted` is what
    the list of people was narrowed by. Raises Refused when words find more than can be told apart.
    """
    people = usable_for(purpose).in_scope_of(user)
    if words := wanted.get("q"):
        ids = persons_with(words)
        if not ids:
            found = find(words)
            if found is not None and found.more:
                raise Refused(TOO_MANY_FOUND)
            ids = found.ids if found is not None else []
        people = people.filter(pk__in=ids)
    if wanted.get("country"):
        people = people.filter(country=wanted["country"])
    if wanted.get("group"):
        people = people.filter(groups__contains=[wanted["group"]])
    if wanted.get("basis"):
        people = people.filter(basis=wanted["basis"])
    return people.order_by("name_sort", "pk")


def rows_of(people: Sequence[Person], wanted: Sequence[str]) -> list[list[str]]:
    """The cells as text, in Vietnamese form. Two queries at most."""
    today = timezone.localdate()
    places = named_on({each.place_id for each in people if each.place_id}, today)
    codes = {each.country for each in people if each.country}
    countries = {each.code: each.label for each in Country.objects.current().filter(code__in=codes)}
    found = _Said(places, countries)
    return [[found.of(each, column) for column in wanted] for each in people]


@dataclass(frozen=True, slots=True)
class _Said:
    places: Mapping[int, object]
    countries: Mapping[str, str]

    def of(self, person: Person, column: str) -> str:
        value = str(person.derived.get(column, {}).get("value", ""))
        own: dict[str, Callable[[], str]] = {
            "birth": lambda: _day(person.birth),
            "birth_year": lambda: person.birth[:4],
            "left_in": lambda: _day(value),
            "sex": lambda: str(dict(Sex.choices).get(person.sex, "")),
            "place_id": lambda: self._place(person),
            "country": lambda: self.countries.get(person.country, person.country),
            "groups": lambda: ", ".join(str(Group(each).label) for each in person.groups),
            "basis": lambda: str(Basis(person.basis).label),
        }
        return own[column]() if column in own else value

    def _place(self, person: Person) -> str:
        named = self.places.get(person.place_id or 0)
        if person.place_id and named is not None:
            return str(getattr(named, "name", ""))
        return str(person.derived.get("place_text", {}).get("value", ""))


def _day(text: str) -> str:
    if not text:
        return ""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    return PartialDay(year, month or None, day or None).written


def mark_of(export: Export) -> str:
    """Who took it, when, under which number: in its properties, on every printed page, in its first row."""
    return _("Export no. %(n)s · %(who)s · %(when)s") % {
        "n": export.pk,
        "who": export.asked_by.full_name,
        "when": format_moment(timezone.now()),
    }


def workbook(export: Export, chunks: Iterable[Sequence[Sequence[str]]]) -> bytes:
    """The file, made in memory, with its mark."""
    memory, mark = io.BytesIO(), mark_of(export)
    care = _("Personal data: for this purpose alone; not to be passed on; delete it when it is done.")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties(
            {
                "title": mark,
                "author": export.asked_by.full_name,
                "subject": str(export.get_purpose_display()),
                "comments": f"{mark}. {care}",
            }
        )
        sheet = book.add_worksheet()
        bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
        # & begins a code in headers.
        sheet.set_header("&L" + mark.replace("&", "&&")[:200])
        sheet.set_footer("&L" + mark.replace("&", "&&")[:160] + "&R&P/&N")
        sheet.set_landscape()
        sheet.repeat_rows(0, HEADS_ROW)
        labels = dict(columns())
        sheet.set_column(0, len(export.columns), 24)
        sheet.write_string(0, 0, sheet_text(mark), book.add_format({"bold": True}))
        purpose = f"{capfirst(export.get_purpose_display())}: {export.words}. {care}"
        sheet.write_string(1, 0, sheet_text(purpose))
        for place, code in enumerate(export.columns):
            sheet.write_string(HEADS_ROW, place, sheet_text(labels[code]), bold)
        sheet.freeze_panes(HEADS_ROW + 1, 0)
        line = HEADS_ROW
        for chunk in chunks:
            for cells in chunk:
                line += 1
                for place, cell in enumerate(cells):
                    sheet.write_string(line, place, sheet_text(cell), wrapped)
    return memory.getvalue()
