"""Reminding units: one of them, all that owe a report, by an official letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Max
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused
from nhipcau.apps.files.sending import send
from nhipcau.apps.reporting.actions import chase_units, note_chase, write_letter
from nhipcau.apps.reporting.board import Board, Unit, board_of
from nhipcau.apps.reporting.chasing import chase_text, owing
from nhipcau.apps.reporting.forms.chase import ChaseForm, LetterForm
from nhipcau.apps.reporting.letters import Sender, default_words, letter_of, sender_of
from nhipcau.apps.reporting.models import Chase, Obligation, Period, ReminderLetter
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.views.board import period_of
from nhipcau.apps.webkit.formats import format_number


@for_roles()
@require_http_methods(["GET", "POST"])
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: in the application by its button; words for Zalo or the telephone, and a note of it."""
    user = user_of(request)
    rows = Obligation.objects.visible_to(user).select_related("period__form_version__form")
    found = get_object_or_404(rows, pk=pk)
    require(user, "chase", found)
    board = board_of(found.period, user)
    unit = next(each for each in board.units if each.pk == pk)
    form = ChaseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            note_chase(found, data["how"], words=data["words"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Noted. It stands on the board of the period."))
            return redirect("reporting:period", found.period_id)
    context = {
        "obligation": found,
        "period": found.period,
        "unit": unit,
        "owes": bool(owing([unit])),
        "text": _text(request, user, board, unit),
        "form": form,
        "chases": Chase.objects.visible_to(user).filter(obligation=found).select_related("created_by"),
    }
    return render(request, "reporting/chase.html", context, status=422 if form.errors else 200)


def _text(request: HttpRequest, user: User, board: Board, unit: Unit) -> str:
    sender = _sender(user, board.now)
    address = f"{_base(request)}{reverse('reporting:period', args=[board.period.pk])}"
    return chase_text(unit, board.period, sender=sender.name, now=board.now, address=address)


def _base(request: HttpRequest) -> str:
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def _sender(user: User, now: datetime) -> Sender:
    return sender_of(user, sorted(scope_of(user).organisations("coordinator")), now.date())


@for_roles()
@require_POST
def chase_now(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit, in the application."""
    user = user_of(request)
    found = get_object_or_404(Obligation.objects.visible_to(user).select_related("period"), pk=pk)
    require(user, "chase", found)
    return _told(request, found.period, [found.pk])


@for_roles()
@require_POST
def chase_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All units that owe a report, in the application."""
    period = period_of(request, pk)
    require(user_of(request), "chase", period)
    return _told(request, period, None)


def _told(request: HttpRequest, period: Period, obligations: Sequence[int] | None) -> HttpResponse:
    try:
        units = chase_units(period, obligations, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        said = ngettext("%(n)s unit was reminded.", "%(n)s units were reminded.", units)
        none = _("Reminded today already: nobody gets the same message twice a day.")
        messages.success(request, said % {"n": format_number(units)} if units else none)
    return redirect("reporting:period", period.pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with its list: to be written at once, or after its words were changed."""
    user, period = user_of(request), period_of(request, pk)
    require(user, "chase", period)
    board = board_of(period, user)
    sender = _sender(user, board.now)
    initial = asdict(default_words(board, sender, board.now, _base(request)))
    at_once = request.method == "POST" and request.POST.get("at_once") == "1"
    form = LetterForm(initial if at_once else posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _write(form, board, user)
        except (Refused, AttachmentRefused) as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(
                request, _("The letter is written. Number and day come from your document system.")
            )
            return redirect(f"{reverse('reporting:letter', args=[pk])}#letters")
    context = {
        "period": period,
        "form": form,
        "units": owing(board.units),
        "letters": ReminderLetter.objects.visible_to(user)
        .filter(period=period)
        .select_related("created_by")
        .annotate(units=Count("chases")),
    }
    return render(request, "reporting/letter.html", context, status=422 if form.errors else 200)


def _write(form: LetterForm, board: Board, user: User) -> ReminderLetter:
    units = owing(board.units)
    rows = Chase.objects.visible_to(user).filter(obligation__in=[unit.pk for unit in units])
    counted: dict[int, Any] = {
        pk: (times, last)
        for pk, times, last in rows.order_by()
        .values("obligation")
        .annotate(times=Count("pk"), last=Max("created_at"))
        .values_list("obligation", "times", "last")
    }
    document = letter_of(form.words(), board, counted, board.now)
    return write_letter(board.period, document, [unit.pk for unit in units], actor=user)


@for_roles()
@require_GET
def letter_file(request: HttpRequest, pk: int) -> FileResponse:
    """The letter as DOCX."""
    rows = ReminderLetter.objects.visible_to(user_of(request)).select_related("upload")
    return send(get_object_or_404(rows, pk=pk).upload)


@for_roles()
@require_GET
def letter_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The letter as PDF, once it was made."""
    rows = ReminderLetter.objects.visible_to(user_of(request)).filter(pdf__isnull=False)
    found = get_object_or_404(rows.select_related("pdf"), pk=pk)
    assert found.pdf is not None
    return send(found.pdf)
