"""The parts of a reading that approval keeps beside the tasks: citations and reporting duties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.bodies import split_bodies
from nhipcau.apps.plans.drafting import day_of, matcher_of
from nhipcau.apps.plans.heirs import heirs_of
from nhipcau.apps.plans.models import Citation, Document, ReportingDuty
from nhipcau.apps.reference.models import number_key


def make_citations(document: Document) -> int:
    """One row a cited document; returns how many."""
    rows = [
        Citation(
            document=document,
            number=str(entry.get("number") or "")[:60],
            number_key=number_key(str(entry.get("number") or "")),
            type_name=str(entry.get("type") or "")[:60],
            issued_on=day_of(entry.get("issued")),
            issuer_name=str(entry.get("issuer") or "")[:300],
            span_start=_span(entry)[0],
            span_end=_span(entry)[1],
        )
        for entry in (document.reading or {}).get("citations") or []
    ]
    return len(Citation.objects.bulk_create(rows))


def make_duties(document: Document) -> int:
    """The duties to report, for the reporting to come, each with the organisations and sets that its
    phrase means.
    """
    entries: Sequence[Mapping[str, Any]] = (document.reading or {}).get("reporting") or []
    duties = ReportingDuty.objects.bulk_create([_duty(document, entry) for entry in entries])
    match = matcher_of(document) if duties else None
    organisations, sets = [], []
    for duty in duties:
        for phrase in split_bodies(duty.by_phrase):
            found = match.match(phrase) if match else None
            if found and found.organisation:
                organisations.append((duty.pk, found.organisation))
            if found and found.set:
                sets.append((duty.pk, found.set))
    heirs = heirs_of({pk for _duty, pk in organisations})
    now = [(duty, heirs.get(pk, pk)) for duty, pk in organisations]
    _link(ReportingDuty.organisations.through, Organisation, [(duty, pk) for duty, pk in now if pk])
    _link(ReportingDuty.sets.through, OrganisationSet, sets)
    return len(duties)


def _link(
    through: Any, target: type[Organisation] | type[OrganisationSet], rows: list[tuple[int, int]]
) -> None:
    name = f"{target._meta.model_name}_id"
    through.objects.bulk_create(
        [through(reportingduty_id=duty, **{name: pk}) for duty, pk in dict.fromkeys(rows)]
    )


def _duty(document: Document, entry: Mapping[str, Any]) -> ReportingDuty:
    start, end = _span(entry)
    return ReportingDuty(
        document=document,
        by_phrase=str(entry.get("by") or ""),
        to_phrase=str(entry.get("to") or "")[:300],
        via_phrase=str(entry.get("via") or "")[:300],
        kind=str(entry.get("kind") or "")[:12],
        due=str(entry.get("due") or "")[:12],
        every=str(entry.get("every") or "")[:12],
        due_rules=list(entry.get("due_rules") or []),
        within=str(entry.get("within") or "")[:200],
        text=str(entry.get("text") or ""),
        span_start=start,
        span_end=end,
    )


def _span(entry: Mapping[str, Any]) -> tuple[int | None, int | None]:
    span = entry.get("span")
    return (span[0], span[1]) if isinstance(span, list | tuple) and len(span) == 2 else (None, None)
