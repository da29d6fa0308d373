"""One period as it was set up: its facts, its units, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, may, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.actions.add_units import add_units
from nhipcau.apps.reporting.actions.close_period import close_period, reopen_period
from nhipcau.apps.reporting.actions.join_periods import join_periods, part_periods
from nhipcau.apps.reporting.actions.lock_period import lock_period, unlock_period
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.addresses import page as page_of
from nhipcau.apps.reporting.endings import ending_words, is_code
from nhipcau.apps.reporting.forms.period import AddUnitsForm
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.progress import sent_counts
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.sharing import joinable
from nhipcau.apps.reporting.signs import sign_of, sign_of_period
from nhipcau.apps.reporting.views.periods import names_today, period_of, whom_of
from nhipcau.apps.webkit.addresses import sent, typed, whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 25


@for_roles()
@require_GET
def period_setup(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts above, units below, 25 a page."""
    return setup_page(request, period_of(request, pk))


def setup_page(request: HttpRequest, period: Period, forms: Mapping[str, Form] | None = None) -> HttpResponse:
    """The page; `forms` are those that were sent and found wrong."""
    user, forms, now = user_of(request), forms or {}, timezone.now()
    counts = sent_counts([period.pk])[period.pk]
    words, state = typed(request, "q", 100), typed(request, "state", 10)
    rows = _rows(user, period, words, state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_edit = can(user, "edit", period)
    locked = period.locked(now)
    context = {
        "period": period,
        "shown": sign_of_period(period, now, counts.missing),
        "counts": counts,
        "heading": heading_of(period, counts),
        "page_obj": page,
        "rows": lines(list(page.object_list), period, user, now),
        "words": words,
        "state": state,
        "states": Obligation.State.choices,
        "filtered": bool(words or state),
        "may_edit": may_edit,
        "locked": locked and period.state == Period.State.OPEN,
        "ending": ending_words(period.closed_reason),
        "ending_is_code": is_code(period.closed_reason),
        "sets": list(period.sets.all()),
        "joinable": joinable(period, Period.objects.visible_to(user)) if may_edit else [],
        "board": page_of("period", period.pk),
        "add_form": forms.get("add") or AddUnitsForm(user, auto_id="add_%s"),
        "opened": next(iter(forms), ""),
        "organisation_names": names_today(user) if may_edit else [],
    }
    return render(request, "reporting/period_setup.html", context, status=422 if forms else 200)


def heading_of(period: Period, counts: Any) -> str:
    """The answer: who has not sent."""
    if period.state == Period.State.PLANNED:
        words = ngettext("%(n)s unit will be asked", "%(n)s units will be asked", counts.asked)
        return words % {"n": format_number(counts.asked)}
    if not counts.missing:
        return _("Every unit has sent its report")
    words = ngettext("%(n)s unit still has to send", "%(n)s units still have to send", counts.missing)
    return words % {"n": format_number(counts.missing)}


def _rows(user: User, period: Period, words: str, state: str) -> Any:
    rows = Obligation.objects.visible_to(user).filter(period=period)
    if state in Obligation.State.values:
        rows = rows.filter(state=state)
    found = Q()
    for word in fold(words).split()[:12]:
        found &= Q(name_fold__contains=word)
    if found:
        named = OrganisationVersion.objects.visible_to(user).filter(found).order_by().values("organisation")
        rows = rows.filter(organisation__in=named)
    return rows.select_related("set").order_by("pk")


def lines(rows: list[Obligation], period: Period, user: User, now: Any) -> list[dict[str, Any]]:
    """Units with names and signs. One query."""
    bodies = {row.organisation_id for row in rows} | {row.through_id for row in rows if row.through_id}
    known = names(bodies, timezone.localdate())
    found = []
    for row in rows:
        row.period = period
        found.append(
            {
                "row": row,
                "name": known.get(row.organisation_id, ""),
                "through": known.get(row.through_id or 0, ""),
                "shown": sign_of(row, now),
                "excused": ending_words(row.excused_reason),
                "excused_is_code": is_code(row.excused_reason),
                "until": row.due_at if row.due_at != period.due_at else None,
                "may": may(user, "excuse", row),
            }
        )
    return found


def _open(period: Period, user: User, request: HttpRequest) -> str:
    del request
    open_period(period, actor=user)
    return _("The period is open, and its units are told.")


def _lock(period: Period, user: User, request: HttpRequest) -> str:
    lock_period(period, revision=_revision(request), actor=user)
    return _("Locked: reports are taken only from units that were given more time by name.")


def _unlock(period: Period, user: User, request: HttpRequest) -> str:
    unlock_period(period, reason=sent(request, "reason", 300), revision=_revision(request), actor=user)
    return _("Reports are taken again.")


def _close(period: Period, user: User, request: HttpRequest) -> str:
    close_period(period, reason=sent(request, "reason", 300), revision=_revision(request), actor=user)
    return _("The period is closed. What was sent stays.")


def _reopen(period: Period, user: User, request: HttpRequest) -> str:
    reopen_period(period, reason=sent(request, "reason", 300), revision=_revision(request), actor=user)
    return _("The period is as it was before it was closed.")


def _join(period: Period, user: User, request: HttpRequest) -> str:
    seen = Period.objects.visible_to(user)
    main = get_object_or_404(seen, pk=whole(sent(request, "main", 18)) or 0)
    count = join_periods(period, main, actor=user)
    words = ngettext("%(n)s unit writes once for both.", "%(n)s units write once for both.", count)
    return words % {"n": format_number(count)}


def _part(period: Period, user: User, request: HttpRequest) -> str:
    part_periods(period, reason=sent(request, "reason", 300), actor=user)
    return _("The period stands by itself again.")


def _revision(request: HttpRequest) -> int:
    return whole(sent(request, "revision", 12)) or 0


ACTS: dict[str, tuple[str, Callable[[Period, User, HttpRequest], str]]] = {
    "open": ("open", _open),
    "lock": ("lock", _lock),
    "unlock": ("lock", _unlock),
    "close": ("close", _close),
    "reopen": ("close", _reopen),
    "join": ("edit", _join),
    "part": ("edit", _part),
}


@for_roles()
@require_POST
def period_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` is one of ACTS."""
    user = user_of(request)
    period = period_of(request, pk)
    verb, do = ACTS.get(sent(request, "what", 10), ("edit", None))
    require(user, verb, period)
    if do is None:
        return redirect("reporting:period_setup", pk)
    try:
        messages.success(request, do(period, user, request))
    except Refused as refusal:
        messages.error(request, refusal.message())
    if sent(request, "back", 10) == "together":
        return redirect("reporting:together")
    return redirect("reporting:period_setup", pk)


@for_roles()
@require_POST
def period_add_units(request: HttpRequest, pk: int) -> HttpResponse:
    period = period_of(request, pk, "edit")
    user = user_of(request)
    form = AddUnitsForm(user, request.POST, auto_id="add_%s")
    whom = whom_of(form, user) if form.is_valid() else None
    if whom is None:
        return setup_page(request, period, {"add": form})
    try:
        new = add_units(period, whom, reason=form.cleaned_data["reason"], actor=user)
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return setup_page(request, period, {"add": form})
    words = ngettext("%(n)s unit more is asked.", "%(n)s units more are asked.", new)
    messages.success(request, words % {"n": format_number(new)})
    return redirect("reporting:period_setup", pk)
