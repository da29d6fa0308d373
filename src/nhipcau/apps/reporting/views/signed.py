"""A frozen report: its files, the edited text, the signed paper, what a correction changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.files.sending import send
from nhipcau.apps.reporting.actions.enter_signed import Signed, enter_signed
from nhipcau.apps.reporting.actions.take_edited import take_edited
from nhipcau.apps.reporting.actions.withdraw_report import withdraw_report
from nhipcau.apps.reporting.forms.signing import EditedForm, SignedForm, WithdrawForm
from nhipcau.apps.reporting.models import OVERSEEING, ReportFile, SignedReport
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.officialdoc.child import from_dict as finding
from nhipcau.core.reportfile import changes

PER_PAGE = 25
MOST_SHOWN = 200
State = SignedReport.State


@for_roles()
@require_GET
def signed_list(request: HttpRequest) -> HttpResponse:
    """Every version, the newest first."""
    rows = SignedReport.objects.visible_to(user_of(request)).select_related("period").defer("content")
    waiting = rows.filter(state=State.FROZEN).count()
    page = Paginator(rows.order_by("-frozen_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    heading = (
        ngettext("%(n)s report waits for its signature", "%(n)s reports wait for their signature", waiting)
        % {"n": format_number(waiting)}
        if waiting
        else _("No report waits for its signature")
    )
    context = {
        "heading": heading,
        "page_obj": page,
        "without_filters": True,
        "tab": "signed",
        "oversees": scope_of(user_of(request)).has(*OVERSEEING),
    }
    return render(request, "reporting/signed_list.html", context)


def report_of(request: HttpRequest, pk: int, verb: str = "") -> SignedReport:
    """One in the user's sight; with `verb` also one to which she may do that."""
    user = user_of(request)
    rows = SignedReport.objects.visible_to(user).select_related(
        "period__form_version__form", "previous", "frozen_by", "signed_entered_by", "work"
    )
    found = get_object_or_404(rows, pk=pk)
    if verb:
        require(user, verb, found)
    return found


@for_roles()
@require_GET
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    return signed_page(request, report_of(request, pk))


def signed_page(
    request: HttpRequest, report: SignedReport, forms: Mapping[str, Form] | None = None
) -> HttpResponse:
    """The page; `forms` are those that were sent and found wrong."""
    user, forms = user_of(request), forms or {}
    found = changes(report.previous.content, report.content) if report.previous else []
    versions = SignedReport.objects.visible_to(user).filter(period=report.period_id)
    context: dict[str, Any] = {
        "report": report,
        "period": report.period,
        "files": list(ReportFile.objects.visible_to(user).filter(report=report)),
        "under_way": report.work is not None
        and report.work.state in (LongWork.State.WAITING, LongWork.State.RUNNING),
        "failed": _failed(report),
        "digest": [report.digest[at : at + 8] for at in range(0, 64, 8)],
        "changes": [asdict(each) for each in found[:MOST_SHOWN]],
        "edits": report.edits[:MOST_SHOWN],
        "form_findings": _findings(report),
        "figures_changed": sum(bool(each.get("figures")) for each in report.edits),
        "versions": list(versions.defer("content").order_by("-version")),
        "signatures": [{**each, "at": _moment(str(each.get("time", "")))} for each in report.signatures],
        "waits": report.state == State.FROZEN,
        "may_edit": report.state == State.FROZEN and can(user, "edit", report),
        "may_correct": report.state == State.SIGNED and can(user, "edit", report),
        "edited_form": forms.get("edited") or EditedForm(auto_id="edited_%s"),
        "signed_form": forms.get("signed") or SignedForm(initial=_signer(report), auto_id="signed_%s"),
        "withdraw_form": forms.get("withdraw") or WithdrawForm(auto_id="withdraw_%s"),
        "opened": next(iter(forms), ""),
        "units": report.content.get("units", []),
    }
    return render(request, "reporting/signed.html", context, status=422 if forms else 200)


def _findings(report: SignedReport) -> list[dict[str, Any]]:
    """What the checker of official documents said of the edited text, in the language of the page."""
    language = get_language() or "vi"
    found = [finding(dict(each)) for each in report.form_findings or ()]
    return [
        {"words": each.message(language), "excerpt": each.where.excerpt if each.where else ""}
        for each in found
        if each.severity != "hint"
    ]


def _failed(report: SignedReport) -> list[str]:
    """The files that could not be made, by name."""
    kinds = (report.work.outcome or {}).get("failed", []) if report.work else []
    names = dict(ReportFile.Kind.choices)
    return [str(names.get(kind, kind)) for kind in kinds]


def _moment(iso: str) -> datetime | None:
    """When a signature was made; None where it does not say."""
    found = parse_datetime(iso) if iso else None
    return make_aware(found) if found is not None and is_naive(found) else found


def _signer(report: SignedReport) -> dict[str, str]:
    head = report.content.get("report", {})
    return {"signer": (head.get("signature") or {}).get("name", "")}


@for_roles()
@require_GET
def signed_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A file of the report: docx, xlsx, pdf as made of it; json its frozen content; edited; signed."""
    report = report_of(request, pk)
    if kind == "json":
        body = json.dumps(report.content, ensure_ascii=False, sort_keys=True, indent=1)
        name = f"report-1-{report.period.year}-{report.period_id}-{report.version}.json"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(body, content_type="application/json", headers=headers)
    upload: Upload | None = {"edited": report.edited, "signed": report.signed_file}.get(kind)
    if upload is None:
        made = ReportFile.objects.visible_to(user_of(request)).filter(report=report, kind=kind)
        upload = get_object_or_404(made.select_related("upload")).upload
    return send(upload)


@for_roles()
@require_POST
def signed_edit(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk, "edit")
    form = EditedForm(request.POST, request.FILES, auto_id="edited_%s")
    if form.is_valid():
        upload = _kept(request, form)
        if upload is not None:
            try:
                found = take_edited(report, upload, actor=user_of(request))
            except Refused as refusal:
                form.add_error("file", refusal.message())
            else:
                n = len(found.edits)
                words = ngettext(
                    "The text is taken in: %(n)s change.", "The text is taken in: %(n)s changes.", n
                )
                messages.success(request, words % {"n": format_number(n)})
                return redirect("reporting:signed", pk)
    return signed_page(request, report, {"edited": form})


@for_roles()
@require_POST
def signed_enter(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk, "enter_signed")
    form = SignedForm(request.POST, request.FILES, auto_id="signed_%s")
    if form.is_valid():
        given = form.cleaned_data
        upload = _kept(request, form) if given["file"] else None
        if upload is not None or not given["file"]:
            try:
                enter_signed(
                    report,
                    Signed(given["number"], given["issued_on"], given["signer"], upload),
                    actor=user_of(request),
                )
            except Refused as refusal:
                form.add_error(None, refusal.message())
            else:
                messages.success(request, _("The report is kept as signed."))
                return redirect("reporting:signed", pk)
    return signed_page(request, report, {"signed": form})


@for_roles()
@require_POST
def signed_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk, "withdraw")
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        try:
            withdraw_report(report, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(
                request, _("The version is withdrawn. Correct the draft, then sign it off again.")
            )
            return redirect("reporting:finish", report.period_id)
    return signed_page(request, report, {"withdraw": form})


def _kept(request: HttpRequest, form: Form) -> Upload | None:
    """The form's file, kept; None with the gate's reason at the field."""
    file = form.cleaned_data["file"]
    try:
        return attach_file(file, file.name or "", actor=user_of(request))
    except AttachmentRefused as refused:
        form.add_error("file", refused.message())
        return None
