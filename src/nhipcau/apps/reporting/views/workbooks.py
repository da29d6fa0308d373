"""A report as a workbook: downloaded, sent back, looked at, taken over into the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.tables import TYPES
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.reporting.actions.take_workbook import take_workbook
from nhipcau.apps.reporting.actions.upload_workbook import TABLES, upload_workbook
from nhipcau.apps.reporting.addresses import page
from nhipcau.apps.reporting.forms.workbook import WorkbookForm, limits
from nhipcau.apps.reporting.holding import is_own
from nhipcau.apps.reporting.models import Obligation, Submission, Workbook
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.workbooks.outgoing import form_as_workbook, marked_copy
from nhipcau.apps.reporting.workbooks.preview import preview_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.tablereader import REASONS, Refusal

MOST_SHOWN = 200


def obligation_of(request: HttpRequest, pk: int) -> Obligation:
    """In the user's sight, else 404; with the right to write in it, else 403."""
    user = user_of(request)
    rows = Obligation.objects.visible_to(user).select_related("period__form_version__form")
    found = get_object_or_404(rows, pk=pk)
    require(user, "write", found)
    return found


def unit_name(obligation: Obligation) -> str:
    return names([obligation.organisation_id], timezone.localdate()).get(obligation.organisation_id, "")


@for_roles()
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to download, and the filled-in one to send."""
    user, found = user_of(request), obligation_of(request, pk)
    form = WorkbookForm(posted(request), request.FILES if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            came = upload_workbook(found, file, file.name or "", actor=user)
        except Refusal as refused:
            refusal = refused.message(_language())
        except Refused as refused:
            form.add_error("file", refused.message())
        else:
            return redirect("reporting:workbook_read", came.pk)
    context = {
        "obligation": found,
        "period": found.period,
        "unit": unit_name(found),
        "own": is_own(found, user),
        "form": form,
        "refusal": bilingual(refusal),
        "limits": limits(TABLES.most),
        "report_href": page("report", pk),
        "came": Workbook.objects.visible_to(user).filter(obligation=found).select_related("created_by")[:20],
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "reporting/workbook.html", context, status=status)


def _language() -> str:
    return translation.get_language() or "vi"


@for_roles()
@require_GET
def workbook_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a workbook, with the draft in it; with the last report's figures where asked."""
    user, found = user_of(request), obligation_of(request, pk)
    body = form_as_workbook(
        found, unit_name(found), draft=_draft_for(user, found), last=request.GET.get("with") == "last"
    )
    return _sheet(f"nhipcau-bieu-bao-cao-{found.pk}", body)


def _draft_for(user: User, obligation: Obligation) -> bool:
    """A unit's own draft is for those who write in it there; what came on paper for who enters it."""
    if is_own(obligation, user):
        return True
    paper = Submission.Via.PAPER
    return not obligation.submissions.filter(sent_at=None).exclude(via=paper).exists()


def _sheet(name: str, body: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(body, content_type=TYPES["xlsx"], headers=headers)


def _workbook(request: HttpRequest, pk: int) -> Workbook:
    user = user_of(request)
    rows = Workbook.objects.visible_to(user).select_related(
        "obligation__period__form_version__form", "upload", "work", "created_by", "submission"
    )
    return get_object_or_404(rows, pk=pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def workbook_read(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; then what would change and what is wrong; taking it over."""
    found = _workbook(request, pk)
    user = user_of(request)
    require(user, "take", found)
    if request.method == "POST":
        return _take(request, found, user)
    if found.state in (Workbook.State.READING, Workbook.State.REFUSED):
        scripted = request.headers.get("HX-Request") == "true"
        template = "parts/workbook_progress" if scripted else "workbook_progress"
        return render(request, f"reporting/{template}.html", _progress(found))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": request.path})
    return render(request, "reporting/workbook_read.html", _shown(found))


def _progress(found: Workbook) -> dict[str, Any]:
    waiting = found.state == Workbook.State.READING
    begun = found.work is not None and found.work.done > 0
    return {
        "workbook": found,
        "waiting": waiting,
        "refusal": "" if waiting else refusal_words(found),
        "stage": _("The workbook is being read") if begun else _("Waiting for its turn"),
    }


def refusal_words(found: Workbook) -> str:
    """Why it could not be read, and what to do."""
    said = found.refusal or {"code": "damaged", "values": {}}
    if said["code"] in REASONS:
        return bilingual(Refusal(said["code"], **said["values"]).message(_language()))
    return Refused(said["code"], **said["values"]).message()


def _shown(found: Workbook) -> dict[str, Any]:
    taken = found.state == Workbook.State.TAKEN
    preview = preview_of(found)
    bad = [each for each in preview.wrong if each.line >= 0]
    return {
        "workbook": found,
        "obligation": found.obligation,
        "taken": taken,
        "preview": preview,
        "figures": len(preview.understood.answers.figures),
        "texts": sum(bool(each.text) for each in preview.understood.answers.texts),
        "problems": len(preview.understood.problems),
        "wrong": preview.wrong[:MOST_SHOWN],
        "wrong_count": len(preview.wrong),
        "marked": bool(bad),
        "changed": [] if taken else preview.changed[:MOST_SHOWN],
        "changed_count": 0 if taken else len(preview.changed),
        "overwritten": 0 if taken else sum(bool(each.before) for each in preview.changed),
        "strange": found.counts.get("strange", []),
        "report_href": page("report", found.obligation_id),
    }


def _take(request: HttpRequest, found: Workbook, user: User) -> HttpResponse:
    sent = request.POST.get("revision", "")
    revision = -1 if sent == "-1" else whole(sent)
    if revision is None:
        messages.error(request, _("Look at the changes first, then take them over."))
        return redirect("reporting:workbook_read", found.pk)
    try:
        take_workbook(found, revision=revision, actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
        return redirect("reporting:workbook_read", found.pk)
    messages.success(request, _("The answers are in the draft. Look at it, then send the report."))
    return redirect(page("report", found.obligation_id) or found_address(found))


def found_address(found: Workbook) -> str:
    return page("workbook_read", found.pk)


@for_roles()
@require_GET
def workbook_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook with its wrong cells marked and explained."""
    found = _workbook(request, pk)
    require(user_of(request), "take", found)
    body = marked_copy(found, unit_name(found.obligation))
    return _sheet(f"nhipcau-bieu-danh-dau-{found.obligation_id}", body)
