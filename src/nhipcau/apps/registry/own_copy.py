"""All that is kept of a person, as a document for her: what is known and from whom, every record as it was
written, consents, verifications, and who read her page.

In Vietnamese, as all official papers. Identity numbers are named by their kind: she has them herself, and a
paper that is lost would give them away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.deriving import FIELDS
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.models import (
    Consent,
    Group,
    Membership,
    Person,
    RightsRequest,
    Sex,
    SourceRecord,
    Verification,
)
from nhipcau.apps.webkit.formats import format_date, format_moment, format_number
from nhipcau.core.officialdoc import Attachment, Block, Heading, Paragraph, Table, write_attachment

LABELS = {column.attname: column.verbose_name for column in SourceRecord._meta.concrete_fields}
DATES = ("birth", "left_in")
READINGS = ("registry.read_person", "registry.reveal_numbers", "registry.correct_person")
MOST_READINGS = 1_000


def own_copy(person: Person, request: RightsRequest) -> tuple[bytes, int]:
    """The DOCX, and how many records it holds."""
    with translation.override("vi"):
        family = family_of(person)
        records = list(
            SourceRecord.objects.standing()
            .filter(
                pk__in=Membership.objects.filter(person__in=family, until=None).order_by().values("record")
            )
            .select_related("round", "running_source")
            .prefetch_related("groupspell_facts", "residence_facts", "nationality_facts", "identity_numbers")
            .order_by("stated_on", "pk")
        )
        names = _Names(records, person)
        blocks = [
            *_intro(person),
            *_known(person, names, {each.pk: each for each in records}),
            *(block for at, each in enumerate(records, 1) for block in _record(at, each, names)),
            *_consents(family),
            *_verifications(family),
            *_readings(family),
        ]
        title, about = _("Your data in the register"), _("Answer to the request No. %(number)s")
        document = Attachment(title, about % {"number": request.number}, blocks)
        return write_attachment(document), len(records)


class _Names:
    """Bodies, communes and countries as they are called today. Two queries."""

    def __init__(self, records: Sequence[SourceRecord], person: Person) -> None:
        bodies = {each.sender_id for each in records} | {each.place_id or 0 for each in records}
        self._bodies = named_on(bodies | {person.place_id or 0}, timezone.localdate())
        rows = Country.objects.current().filter(code__in=_codes(records))
        self._countries = {each.code: each.label for each in rows}

    def body(self, pk: int | None) -> str:
        return self._bodies[pk].name if pk in self._bodies else ""

    def country(self, code: str) -> str:
        return self._countries.get(code, code)


def _codes(records: Iterable[SourceRecord]) -> set[str]:
    facts = ("residence_facts", "nationality_facts")
    return {each.country for each in records if each.country} | {
        fact.country for each in records for name in facts for fact in getattr(each, name).all()
    }


def _intro(person: Person) -> list[Block]:
    words = _(
        "This is all that the register of Vietnamese abroad keeps of you (person No. %(n)s) on %(day)s, with "
        "where it comes from. You may have what is wrong corrected, its use restricted, it erased, and end "
        "a consent."
    )
    day = format_date(timezone.localdate())
    return [Paragraph(words % {"n": format_number(person.pk), "day": day})]


def _known(person: Person, names: _Names, records: dict[int, SourceRecord]) -> list[Block]:
    rows = [
        [
            _start(str(LABELS[field])),
            _value(field, person.derived[field]["value"], names),
            names.body(records[said["record"]].sender_id) if said["record"] in records else "",
            format_date(date.fromisoformat(said["on"])) if said.get("on") else "",
        ]
        for field in FIELDS
        if (said := person.derived.get(field)) is not None
    ]
    groups = [str(label) for value, label in Group.choices if value in person.groups]
    rows.append([_("Groups"), "; ".join(groups), "", ""])
    rows.append([_("Verification"), str(person.get_basis_display()), "", ""])
    head = [_("Field"), _("Value"), _("Who said it"), _("As of")]
    return [
        Heading(1, "I.", _("What is known, and from whom")),
        Table(head, rows, widths=(25, 35, 25, 15), align=("left", "left", "left", "center")),
        Heading(1, "II.", _("Every record")),
    ]


def _record(at: int, record: SourceRecord, names: _Names) -> list[Block]:
    source = str(record.round or record.running_source or "")
    said = [str(record.get_origin_display()), names.body(record.sender_id), source]
    title = "; ".join(part for part in said if part) + f" ({format_date(record.stated_on)})"
    rows = [[heading, str(cell)] for heading, cell in sorted(record.written.items())]
    if not rows:
        rows = [
            [_start(str(LABELS[field])), _value(field, getattr(record, field), names)]
            for field in FIELDS
            if getattr(record, field) not in ("", None)
        ]
    for facts in (record.groupspell_facts, record.residence_facts, record.nationality_facts):
        rows += [_fact(fact, names) for fact in facts.all()]
    kinds = [str(each.get_kind_display()) for each in record.identity_numbers.all()]
    if kinds:
        rows.append([_("Identity numbers"), _("%(kinds)s (kept sealed)") % {"kinds": "; ".join(kinds)}])
    if record.reason:
        rows.append([_("Reason"), record.reason])
    return [
        Heading(2, f"{at}.", _start(title)),
        Table([_("Field"), _("As it was written")], rows, widths=(35, 65)),
    ]


def _fact(fact: Any, names: _Names) -> list[str]:
    times = "–".join((as_written(fact.since), as_written(fact.until))).strip("–")
    if hasattr(fact, "group"):
        label, value = _("Group"), str(fact.get_group_display())
    elif hasattr(fact, "status"):
        label, value = _("Nationality"), f"{names.country(fact.country)} ({fact.get_status_display()})"
    else:
        label = _("Country")
        value = ", ".join(part for part in (fact.city, names.country(fact.country)) if part)
    return [label, f"{value} {times}".strip()]


def _consents(family: Sequence[int]) -> list[Block]:
    rows = [
        [
            str(each.get_purpose_display()),
            each.text.text_vi,
            format_date(each.given_on),
            f"{each.get_how_display()}; {each.proof}",
            format_date(each.withdrawn_on),
        ]
        for each in Consent.objects.filter(person__in=family).select_related("text").order_by("pk")
    ]
    head = [_("Purpose"), _("Words"), _("Given on"), _("Proof"), _("Withdrawn on")]
    return _part("III.", _("What you agreed to"), head, rows)


def _verifications(family: Sequence[int]) -> list[Block]:
    rows = [
        [
            str(each.get_by_display()),
            format_date(each.verified_on),
            each.evidence,
            format_date(each.expires_on) if each.ended_at is None else _("holds no more"),
        ]
        for each in Verification.objects.filter(person__in=family).order_by("pk")
    ]
    head = [_("Confirmed"), _("Day"), _("Evidence"), _("Holds until")]
    return _part("IV.", _("Who confirmed it"), head, rows)


def _readings(family: Sequence[int]) -> list[Block]:
    events = Event.objects.filter(
        subject_type="registry.person", subject_id__in=[str(pk) for pk in family], verb__in=READINGS
    ).order_by("-at")[:MOST_READINGS]
    words = {
        "registry.read_person": pgettext("copy", "read the page"),
        "registry.reveal_numbers": pgettext("copy", "read the identity numbers"),
        "registry.correct_person": pgettext("copy", "corrected"),
    }
    rows = [[format_moment(each.at), each.actor_label, words[each.verb]] for each in events]
    return _part("V.", _("Who read it"), [_("When"), _("Who"), pgettext("copy", "What")], rows)


def _part(label: str, title: str, head: list[str], rows: list[list[str]]) -> list[Block]:
    return [Heading(1, label, title), Table(head, rows) if rows else Paragraph(_("Nothing."))]


def _value(field: str, value: Any, names: _Names) -> str:
    if field == "place_id":
        return names.body(int(value))
    if field in DATES:
        return as_written(str(value))
    if field == "country":
        return names.country(str(value))
    if field == "sex":
        return str(dict(Sex.choices).get(str(value), value))
    return str(value)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
