"""Before the report is signed off: letterhead and signature, what is missing, and the button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.actions.freeze_report import freeze_report, head_of
from nhipcau.apps.reporting.actions.set_head import HeadGiven, head_mark, set_head
from nhipcau.apps.reporting.consolidated import consolidated
from nhipcau.apps.reporting.forms.head import LETTERHEAD, LINES, HeadForm
from nhipcau.apps.reporting.forms.signing import FreezeForm
from nhipcau.apps.reporting.models import Consolidation, SignedReport
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.webkit.formats import format_number


def draft_of(request: HttpRequest, pk: int, verb: str = "") -> Consolidation:
    """The draft of a period, in the user's sight; with `verb` also one to which she may do that."""
    rows = Consolidation.objects.visible_to(user_of(request)).select_related("period__form_version__form")
    found = get_object_or_404(rows, period=pk)
    if verb:
        require(user_of(request), verb, found)
    return found


@for_roles()
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands around the text, and what is still to be looked at."""
    draft = draft_of(request, pk, "edit" if request.method == "POST" else "")
    user = user_of(request)
    form = HeadForm(posted(request), initial=_initial(draft, user))
    if request.method == "POST" and form.is_valid():
        try:
            set_head(draft, _given(form), seen=form.cleaned_data["seen"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Letterhead and signature are written down."))
            return redirect("reporting:finish", pk)
    return _page(request, draft, form, FreezeForm(initial={"revision": draft.revision}))


@for_roles()
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the draft off as it was seen."""
    draft = draft_of(request, pk, "freeze")
    user = user_of(request)
    form = FreezeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = freeze_report(draft, revision=given["revision"], reason=given["reason"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(
                request, _("Version %(n)s is frozen. Its documents are being made.") % {"n": made.version}
            )
            return redirect("reporting:signed", made.pk)
    return _page(request, draft, HeadForm(initial=_initial(draft, user)), form)


def _page(request: HttpRequest, draft: Consolidation, form: HeadForm, freezing: FreezeForm) -> HttpResponse:
    user = user_of(request)
    found = consolidated(draft.period)
    last = SignedReport.objects.visible_to(user).filter(period=draft.period_id).order_by("-version").first()
    missing = len(found.missing)
    heading = (
        ngettext("%(n)s unit is still missing", "%(n)s units are still missing", missing)
        % {"n": format_number(missing)}
        if missing
        else _("Every unit has reported")
    )
    context = {
        "draft": draft,
        "period": draft.period,
        "heading": heading,
        "found": found,
        "missing": found.missing,
        "not_taken": [each for each in found.not_taken if not each.set_aside],
        "form": form,
        "freeze_form": freezing,
        "last": last,
        "waits": last is not None and last.state == SignedReport.State.FROZEN,
        "may_edit": can(user, "edit", draft),
        "may_freeze": can(user, "freeze", draft),
    }
    wrong = (form.is_bound and form.errors) or freezing.errors
    return render(request, "reporting/finish.html", context, status=422 if wrong else 200)


def _initial(draft: Consolidation, user: User) -> dict[str, Any]:
    head = head_of(draft, user)
    found: dict[str, Any] = {name: getattr(head, name) for name in (*LETTERHEAD, *LINES)}
    signature = draft.signature
    return {
        **found,
        "subject": draft.subject or draft.period.form_version.form.title,
        "authority": signature.get("authority", []),
        "signer_title": signature.get("title", ""),
        "signer_name": signature.get("name", ""),
        "seen": head_mark(draft),
    }


def _given(form: HeadForm) -> HeadGiven:
    given = form.cleaned_data
    return HeadGiven(
        subject=" ".join(given["subject"].split()),
        letterhead={name: " ".join(given[name].split()) for name in LETTERHEAD},
        bases=given["bases"],
        addressed_to=given["addressed_to"],
        recipients=given["recipients"],
        signature={
            "authority": given["authority"],
            "title": given["signer_title"].strip(),
            "name": given["signer_name"].strip(),
        },
    )
