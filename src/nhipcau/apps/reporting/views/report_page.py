"""What a unit's page of its report is made of."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.apps.access.pages import posted
from nhipcau.apps.access.policies import may
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.answering import Answers, emptied
from nhipcau.apps.reporting.asked import Asked
from nhipcau.apps.reporting.checking import check, unanswered
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.forms.paper import PaperForm
from nhipcau.apps.reporting.forms.sheet import Read
from nhipcau.apps.reporting.holding import is_head, is_own
from nhipcau.apps.reporting.models import (
    Attachment,
    Deferral,
    Obligation,
    Passage,
    Period,
    Submission,
    Verdict,
)
from nhipcau.apps.reporting.stages import OWED
from nhipcau.apps.reporting.taking import not_taken
from nhipcau.apps.reporting.views.report_desk import Desk
from nhipcau.apps.reporting.views.report_history import history_of
from nhipcau.apps.reporting.views.report_rows import Around, Rows, labels_by_place, told_by_place
from nhipcau.apps.webkit.formats import days_until, format_moment

_HEADINGS: dict[str, Promise] = {
    Obligation.State.BELOW: gettext_lazy("Sent: the unit that reviews first has it"),
    Obligation.State.SENT: gettext_lazy("The report is received"),
    Obligation.State.APPROVED: gettext_lazy("The report is approved"),
    Obligation.State.EXCUSED: gettext_lazy("This report need not be sent"),
}
MOST_NAMED, MOST_AGENCIES = 30, 120


@dataclass(slots=True)
class Shown:
    """What is different about a page that is shown again."""

    read: Read | None = None
    findings: Iterable[Finding] = ()
    theirs: dict[str, str] = field(default_factory=dict)
    who: str = ""
    page: uuid.UUID | None = None
    revision: int | None = None
    refusal: str = ""


def answer_page(
    request: HttpRequest, desk: Desk, shown: Shown | None = None, status: int = 200
) -> HttpResponse:
    """The page to answer on, with what was typed where it is shown again."""
    shown = shown or Shown()
    read = shown.read or Read(desk.stored)
    behind = desk.behind
    findings = list(shown.findings)
    around = Around(told_by_place(findings, read.answers), _marks(desk), shown.theirs, shown.who)
    files = list(Attachment.objects.visible_to(desk.user).filter(submission=desk.draft or desk.last))
    sections = Rows(desk.asked, read, behind, around, files).lines()
    called = labels_by_place(sections)
    summary = [(each.place, called.get(each.place, ""), each.words) for each in findings if _left(each, read)]
    context = {
        "desk": desk,
        "sections": sections,
        "summary": summary,
        "nothing": read.answers.nothing,
        "shown": shown,
        "page": shown.page or uuid.uuid4(),
        "revision": shown.revision if shown.revision is not None else revision_of(desk),
        "suggested": suggested(desk),
        "countries": _countries(desk.asked),
        "paper_form": _paper(request, desk),
        "head_waits": desk.draft is not None and desk.draft.state == Submission.State.TO_APPROVE,
        **around_context(desk),
    }
    return render(request, "reporting/answer.html", context, status=status)


def _paper(request: HttpRequest, desk: Desk) -> PaperForm | None:
    """Of what the lead agency enters for the unit: asked for the day on which it came."""
    if is_own(desk.obligation, desk.user):
        return None
    kept = {"paper_on": desk.draft.paper_on} if desk.draft else {}
    return PaperForm(posted(request), initial=kept)


def _left(each: Finding, read: Read) -> bool:
    return bool(unanswered([each], read.answers))


def revision_of(desk: Desk) -> int:
    return desk.draft.revision if desk.draft else 0


def around_context(desk: Desk) -> dict[str, Any]:
    """What stands around the answers on every page of a report."""
    obligation, now = desk.obligation, timezone.now()
    verdicts = list(
        Verdict.objects.visible_to(desk.user)
        .filter(submission__obligation=obligation)
        .select_related("created_by", "submission")
    )
    deferrals = list(
        Deferral.objects.visible_to(desk.user)
        .filter(obligation=obligation)
        .select_related("asked_by", "decided_by")
    )
    back = [each for each in verdicts if each.reason]
    return {
        "obligation": obligation,
        "heading": heading(desk),
        "period": obligation.period,
        "unit": desk.unit,
        "own": is_own(obligation, desk.user),
        "verdicts": verdicts,
        "history": history_of(desk, verdicts, deferrals),
        "deferrals": deferrals,
        "waiting_deferral": next((each for each in deferrals if each.state == Deferral.State.ASKED), None),
        "last_deferral": max(deferrals, key=lambda each: each.pk, default=None)
        if obligation.state == Obligation.State.WAITING
        else None,
        "last_word": back[-1] if back and obligation.state in OWED else None,
        "late": now > obligation.due_at,
        "locked": not_taken(obligation, now) == "locked",
        "may_ask": may(desk.user, "ask", obligation) and obligation.state in OWED,
        "head": is_head(obligation, desk.user),
        "carrier": carrier_of(desk),
        "carriers": carriers(desk),
        "coordinates": scope_of(desk.user).has("coordinator"),
    }


def heading(desk: Desk) -> str:
    """The answer to "what must I do now?"."""
    obligation = desk.obligation
    due, today = timezone.localtime(obligation.due_at).date(), timezone.localdate()
    state = obligation.state
    if state == Obligation.State.RETURNED:
        return _("Returned: to be sent again by %(when)s") % {"when": format_moment(obligation.due_at)}
    if state in _HEADINGS:
        return str(_HEADINGS[state])
    if desk.draft is not None and desk.draft.state == Submission.State.TO_APPROVE:
        return _("The report waits for the head of the unit")
    return _("Report to be sent: %(left)s") % {"left": days_until(due, today).lower()}


def carrier_of(desk: Desk) -> Obligation | None:
    """The report that holds for this one too."""
    rows = Obligation.objects.visible_to(desk.user).select_related("period__form_version__form")
    by = desk.obligation.discharged_by_id
    return rows.filter(pk=by).first() if by is not None else None


def carriers(desk: Desk) -> list[Obligation]:
    """Other reports of the unit that could hold for this one. One query, none where it is not owed."""
    obligation = desk.obligation
    owed = obligation.state in OWED and obligation.discharged_by_id is None
    if not owed or not may(desk.user, "discharge", obligation):
        return []
    rows = Obligation.objects.visible_to(desk.user).filter(
        organisation=obligation.organisation_id, discharged_by=None, period__state=Period.State.OPEN
    )
    rows = rows.exclude(pk=obligation.pk).exclude(state=Obligation.State.EXCUSED)
    return list(rows.select_related("period__form_version__form").order_by("period__due_at", "pk")[:20])


def _marks(desk: Desk) -> dict[str, list[str]]:
    """The places that were marked when the report came back last."""
    if desk.last is None or desk.obligation.state not in OWED:
        return {}
    said = (
        Verdict.objects.visible_to(desk.user)
        .filter(submission=desk.last, what=Verdict.What.RETURNED)
        .order_by("-pk")
        .first()
    )
    found: dict[str, list[str]] = {}
    for mark in said.marks if said else ():
        found.setdefault(str(mark["place"]), []).append(str(mark["words"]))
    return found


def checked(desk: Desk, answers: Answers) -> list[Finding]:
    """What the checks find in these answers."""
    return check(emptied(answers), desk.asked, desk.behind)


def suggested(desk: Desk) -> list[str]:
    """Whom difficulties can be addressed to: whom the unit named before, then the agencies. Two queries."""
    before = Passage.objects.visible_to(desk.user).filter(
        submission__obligation__organisation=desk.obligation.organisation_id
    )
    named = before.exclude(addressee="").order_by("addressee").values_list("addressee", flat=True).distinct()
    today = timezone.localdate()
    agencies = OrganisationVersion.objects.visible_to(desk.user).working().filter(valid__contains=today)
    agencies = agencies.exclude(kind=OrganisationVersion.Kind.COMMUNE).order_by("name_sort")
    return list(
        dict.fromkeys([*named[:MOST_NAMED], *agencies.values_list("name", flat=True)[:MOST_AGENCIES]])
    )


def _countries(asked: Asked) -> list[tuple[str, list[str]]]:
    """The lists of names that the page's fields choose from, once each."""
    found: dict[str, list[str]] = {}
    for each in asked.figures.values():
        for dimension, categories in asked.splits_of(each):
            found.setdefault(f"names-{dimension.code}", [category.label for category in categories])
    return [(name, labels) for name, labels in found.items() if len(labels) > 15]
