"""A report as it was sent: for the unit, for who reviews it first, for the province; and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import may
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.sending import send
from nhipcau.apps.reporting.actions import redo_by
from nhipcau.apps.reporting.answering import Answers, read_answers
from nhipcau.apps.reporting.asked import Asked
from nhipcau.apps.reporting.background import Background
from nhipcau.apps.reporting.checking import check
from nhipcau.apps.reporting.comparing import changes
from nhipcau.apps.reporting.forms.sheet import Read
from nhipcau.apps.reporting.models import Attachment, Obligation, Submission
from nhipcau.apps.reporting.stages import may_move
from nhipcau.apps.reporting.views.report_desk import Desk, desk_of, obligation_of, writes
from nhipcau.apps.reporting.views.report_page import answer_page, around_context
from nhipcau.apps.reporting.views.report_rows import Around, Rows, told_by_place
from nhipcau.apps.webkit.addresses import whole

State = Obligation.State


@for_roles()
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to answer on for who has to, else the report as it was sent; `?v=1` an earlier version."""
    user, obligation = user_of(request), obligation_of(request, pk)
    desk = desk_of(user, obligation)
    asked_for = "v" not in request.GET
    paper = "enter" in request.GET or (desk.draft is not None and desk.draft.via == Submission.Via.PAPER)
    answers = not scope_of(user).has("coordinator") or paper
    if asked_for and answers and writes(user, obligation, desk):
        return answer_page(request, desk)
    return read_page(request, desk)


@for_roles()
@require_GET
def report_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same without anything to press."""
    desk = desk_of(user_of(request), obligation_of(request, pk))
    return render(request, "reporting/print.html", _context(request, desk, with_checks=False))


@for_roles()
@require_GET
def report_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A file of a version in the user's sight."""
    rows = Attachment.objects.visible_to(user_of(request)).filter(submission__obligation=pk)
    found: Attachment = get_object_or_404(rows.select_related("upload"), pk=file_pk)
    upload = found.upload
    # The same bytes may have come under another name.
    upload.name = found.name
    return send(upload)


def read_page(
    request: HttpRequest, desk: Desk, *, form: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """`form` is what was typed in the form of a return that was not accepted."""
    marked = (form or {}).get("marks", {})
    context = _context(request, desk, with_checks=True, marked=marked) | {"typed": form or {}}
    return render(request, "reporting/read.html", context, status=status)


def shown_version(request: HttpRequest, desk: Desk) -> Submission | None:
    """The one that is asked for; else the last one sent, else what the unit itself has drafted."""
    number = whole(request.GET.get("v", ""))
    if number is not None:
        found = [each for each in desk.submissions if each.number == number]
        if not found:
            raise Http404
        return found[0]
    own = desk.draft if desk.last is None or desk.draft is None else None
    return desk.last or own


def _context(
    request: HttpRequest, desk: Desk, *, with_checks: bool, marked: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """`marked`: what was written beside places in a return that was not accepted."""
    obligation, user = desk.obligation, desk.user
    version = shown_version(request, desk)
    context: dict[str, Any] = {"desk": desk, "version": version, **around_context(desk)}
    if version is None:
        return context | {"may_enter": _may_enter(desk)}
    answers = read_answers(version)
    asked = as_sent(desk.asked, answers)
    before = [each for each in desk.submissions if each.number < version.number and each.sent_at]
    changed = changes(read_answers(before[-1]), answers) if before else {}
    behind = stored(answers, desk.behind if with_checks else Background())
    findings = check(answers, asked, behind) if with_checks else []
    marks = {place: [words] for place, words in (marked or {}).items()}
    around = Around(told_by_place(findings, answers), marks, changes=changed)
    files = list(Attachment.objects.visible_to(user).filter(submission=version))
    latest = desk.last is not None and version.pk == desk.last.pk
    return context | {
        "answers": answers,
        "sections": Rows(asked, Read(answers), behind, around, files, blank=0).lines(),
        "before": before[-1] if before else None,
        "changed": len(changed),
        "warnings": len(findings),
        "latest": latest,
        "may_return": latest and _may_return(desk),
        "may_approve": latest and may(user, "approve", obligation) and may_move("approve", obligation),
        "may_pass": latest and may(user, "pass_below", obligation) and may_move("pass_below", obligation),
        "may_enter": _may_enter(desk),
        "redo_by": redo_by(timezone.now()),
        "next": _next(desk),
    }


def _may_enter(desk: Desk) -> bool:
    return scope_of(desk.user).has("coordinator") and writes(desk.user, desk.obligation, desk)


def _may_return(desk: Desk) -> bool:
    obligation = desk.obligation
    if not (may(desk.user, "judge", obligation) and may_move("return", obligation)):
        return False
    return scope_of(desk.user).has("coordinator") or obligation.state == State.BELOW


def as_sent(asked: Asked, answers: Answers) -> Asked:
    """The tasks that the version speaks of, as it says that they stood."""
    spoken = {each.task: each for each in answers.texts if each.task is not None}
    tasks = {task: part for task, part in asked.tasks.items() if task in spoken}
    for task, part in tasks.items():
        said = spoken[task]
        if said.status:
            part.status, part.due_on, part.done_on = said.status, said.due_on, said.done_on
    return replace(asked, tasks=tasks)


def stored(answers: Answers, behind: Background) -> Background:
    """What was drawn when it was sent, not what would be drawn today."""
    return replace(behind, drawn={each.place: each for each in answers.figures if each.drawn_from})


def _next(desk: Desk) -> Obligation | None:
    """The next report of the period that waits for this user."""
    obligation, user = desk.obligation, desk.user
    coordinates = scope_of(user).has("coordinator")
    if not coordinates and not may(user, "pass_below", obligation):
        return None
    state = State.SENT if coordinates else State.BELOW
    rows = Obligation.objects.visible_to(user).filter(period=obligation.period_id, state=state)
    rows = rows.exclude(pk=obligation.pk).order_by("pk")
    return rows.filter(pk__gt=obligation.pk).first() or rows.first()
