"""What a unit types is kept as it types, taken over where it is offered, checked, sent."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.reporting.actions import ChecksFailed, begin_draft, save_draft, send_submission
from nhipcau.apps.reporting.answering import (
    Answers,
    Figure,
    File,
    Text,
    figure_place,
    section_place,
    task_place,
)
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.background import Background
from nhipcau.apps.reporting.comparing import said
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.forms.paper import PaperForm
from nhipcau.apps.reporting.forms.sheet import Read, read_sheet
from nhipcau.apps.reporting.models import Submission
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.views.report_desk import Desk, desk_of, obligation_of
from nhipcau.apps.reporting.views.report_page import Shown, answer_page, checked, revision_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.core.filegate import safe_name

MOST_FILES_AT_ONCE = 10


def report_save(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who was signed out while typing gets her words back; nothing of them is kept."""
    if request.method == "POST" and not request.user.is_authenticated:
        return _signed_out(request, pk)
    return _report_save(request, pk)


def _signed_out(request: HttpRequest, pk: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "reporting/parts/signed_out.html", {"pk": pk})
    words = [value for name, value in request.POST.items() if len(value) > 30 and "csrf" not in name]
    return render(request, "reporting/signed_out.html", {"pk": pk, "words": words}, status=401)


@for_roles()
@require_GET
def report_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed in again in another tab: the open page goes on."""
    obligation = obligation_of(request, pk)
    get_token(request)
    return render(request, "reporting/parts/token.html", {"obligation": obligation})


@for_roles()
@require_POST
def _report_save(request: HttpRequest, pk: int) -> HttpResponse:
    user, obligation = user_of(request), obligation_of(request, pk)
    require(user, "write", obligation)
    desk = desk_of(user, obligation)
    read = read_sheet(request.POST, desk.asked, _kept(request.POST, desk))
    quiet = bool(request.headers.get("HX-Request"))
    paper = PaperForm(request.POST)
    if not paper.is_valid():
        read.faults.append(Finding("paper-day", "id_paper_on", str(paper.errors["paper_on"][0]), stop=True))
    shown = Shown(read, page=_page(request.POST), revision=whole(request.POST.get("revision", "")) or 0)
    if not quiet:
        _attach(request, read, desk, user)
        _take(request.POST.get("take", ""), read, desk)
    try:
        draft = _save(desk, read.answers, shown, user, paper.cleaned_data.get("paper_on"))
    except Stale as stale:
        return _stale(request, desk, shown, stale)
    except Refused as refusal:
        return _refused(request, desk, shown, refusal)
    shown.revision = draft.revision
    if quiet:
        context = {"draft": draft, "faults": len(read.faults), "obligation": obligation}
        return render(request, "reporting/parts/saved.html", context)
    if read.faults:
        shown.findings = read.faults
        return answer_page(request, desk_of(user, obligation), shown, status=422)
    return _go_on(request, obligation.pk, draft, read, user)


def _go_on(request: HttpRequest, pk: int, draft: Submission, read: Read, user: User) -> HttpResponse:
    """What was pressed, once everything is saved."""
    pressed = request.POST.get("do", "")
    if pressed == "check":
        return _check(request, pk, user)
    if pressed == "send":
        return _send(request, pk, draft, read, user)
    place = request.POST.get("take", "").partition("|")[0]
    if not place:
        messages.success(request, _("The draft is saved."))
    answer = redirect("reporting:report", pk)
    if place or pressed.startswith("at:"):
        answer["Location"] += f"#{place or pressed.removeprefix('at:')}"
    return answer


def _check(request: HttpRequest, pk: int, user: User) -> HttpResponse:
    desk = desk_of(user, obligation_of(request, pk))
    findings = checked(desk, desk.stored)
    if not findings:
        messages.success(request, _("The checks found nothing: the report can be sent."))
        return redirect("reporting:report", pk)
    return answer_page(request, desk, Shown(findings=findings))


def _send(request: HttpRequest, pk: int, draft: Submission, read: Read, user: User) -> HttpResponse:
    try:
        sent = send_submission(draft, revision=draft.revision, actor=user)
    except ChecksFailed as failed:
        desk = desk_of(user, obligation_of(request, pk))
        reasons = {(each.code, each.place) for each in read.answers.reasons}
        given = [each for each in checked(desk, desk.stored) if (each.code, each.place) in reasons]
        findings = [*failed.findings, *(each for each in given if not each.stop)]
        return answer_page(request, desk, Shown(findings=findings), status=422)
    except Refused as refusal:
        desk = desk_of(user, obligation_of(request, pk))
        return answer_page(request, desk, Shown(refusal=refusal.message()), status=409)
    if sent.state == Submission.State.TO_APPROVE:
        messages.success(request, _("The report waits for the approval of the head of your unit."))
    else:
        words = _("The report is sent. Received number: %(number)s.")
        messages.success(request, words % {"number": sent.received_number})
    return redirect("reporting:report", pk)


def _page(sent: QueryDict) -> uuid.UUID | None:
    try:
        return uuid.UUID(sent.get("page", ""))
    except ValueError:
        return None


def _kept(sent: QueryDict, desk: Desk) -> tuple[File, ...]:
    """The files that the report has, without the one that was dropped."""
    dropped = sent.get("drop", "")
    return tuple(each for each in desk.stored.files if str(each.upload) != dropped)


def _attach(request: HttpRequest, read: Read, desk: Desk, user: User) -> None:
    """New files pass the gate one by one; one that is refused is said, the others stay."""
    for section in desk.asked.sections:
        if section.kind != Kind.ATTACHMENTS:
            continue
        place = section_place(section.pk)
        for file in request.FILES.getlist(f"file.{place}")[:MOST_FILES_AT_ONCE]:
            try:
                upload = attach_file(file, file.name or "", actor=user)
            except AttachmentRefused as refused:
                words = f"{safe_name(file.name or '')}: {refused.message()}"
                read.faults.append(Finding("file", place, words, stop=True))
            else:
                made = File(section.pk, upload.pk, safe_name(file.name or ""))
                others = [each for each in read.answers.files if _key(each) != _key(made)]
                read.answers = replace(read.answers, files=(*others, made))


def _key(file: File) -> tuple[int, uuid.UUID]:
    return (file.section, file.upload)


def _save(desk: Desk, answers: Answers, shown: Shown, user: User, paper_on: date | None) -> Submission:
    """Begun where nothing is yet, and saved: together or not at all."""
    with transaction.atomic():
        draft = begin_draft(desk.obligation, actor=user)
        return save_draft(
            draft,
            answers,
            revision=shown.revision or 0,
            actor=user,
            page=shown.page,
            asked=desk.asked,
            paper_on=paper_on,
        )


def _stale(request: HttpRequest, desk: Desk, shown: Shown, stale: Stale) -> HttpResponse:
    """Somebody else saved meanwhile. What was typed stays in the fields; what she wrote stands beside it."""
    if request.headers.get("HX-Request"):
        return render(request, "reporting/parts/stale.html", {"words": stale.message()})
    fresh = desk_of(desk.user, desk.obligation)
    assert shown.read is not None
    mine, theirs = said(shown.read.answers), said(fresh.stored)
    shown.theirs = {place: words for place, words in theirs.items() if words != mine.get(place, "")} | {
        place: "" for place in mine if place not in theirs
    }
    shown.revision, shown.refusal = revision_of(fresh), stale.message()
    shown.who = str(stale.values.get("who", ""))
    return answer_page(request, fresh, shown, status=409)


def _refused(request: HttpRequest, desk: Desk, shown: Shown, refusal: Refused) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "reporting/parts/stale.html", {"words": refusal.message()})
    shown.refusal = refusal.message()
    return answer_page(request, desk, shown, status=409)


def _take(wanted: str, read: Read, desk: Desk) -> None:
    """Take over what is offered: it is added to what was typed, a figure only where there is none."""
    place, _bar, source = wanted.partition("|")
    if not place or source not in ("last", "update"):
        return
    behind = desk.behind
    for section in desk.asked.sections:
        if source == "last" and place == section_place(section.pk) and behind.last_time:
            words = "\n".join(behind.last_time.texts.get(section.key, ()))
            read.answers = _with_text(read.answers, Text(section.pk, words))
        if source == "update" and section.kind == Kind.TASKS:
            for task, update in behind.updates.items():
                if place == task_place(section.pk, task):
                    read.answers = _with_text(read.answers, Text(section.pk, update.text, task=task))
    if source == "last":
        read.answers = _with_figures(read.answers, place, desk.asked, behind)


def _with_text(answers: Answers, added: Text) -> Answers:
    same = [
        each
        for each in answers.texts
        if (each.section, each.task, each.nothing) == (added.section, added.task, False)
    ]
    words = [*(each.text.strip() for each in same), added.text]
    others = tuple(each for each in answers.texts if each not in same)
    return replace(answers, texts=(*others, replace(added, text="\n".join(filter(None, words)))))


def _with_figures(answers: Answers, place: str, asked: Asked, behind: Background) -> Answers:
    """The figures of the last period of one indicator, where nothing was typed."""
    there = {each.place for each in answers.figures}
    made = []
    for each in asked.figures.values():
        if figure_place(each.pk) != place or behind.last_time is None:
            continue
        for (indicator, split, category), amount in behind.last_time.figures.items():
            figure = Figure(each.pk, split, category, amount)
            if indicator == each.indicator.indicator_id and figure.place not in there:
                made.append(figure)
    return replace(answers, figures=(*answers.figures, *made))
