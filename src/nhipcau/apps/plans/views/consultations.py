"""Consultations as the lead agency sees them: asking, who has answered, the drafts, the table, the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.sending import TYPES, send
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.actions import (
    add_consultation_draft,
    ask_organisations,
    close_consultation,
    open_consultation,
)
from nhipcau.apps.plans.consultation_table import table_of
from nhipcau.apps.plans.consulting import Meant, asked_names, meant_by, standings
from nhipcau.apps.plans.forms.consultation import AskedForm, CloseForm, ConsultationForm, DraftFileForm
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, ConsultationDraft, Remark
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_GET
def consultation_list(request: HttpRequest) -> HttpResponse:
    """The newest first; open ones, or all."""
    user = user_of(request)
    rows = Consultation.objects.visible_to(user)
    words, state = typed(request, "q", 100), typed(request, "state")
    still_open = rows.filter(closed_at=None).count()
    if state in ("open", "closed"):
        rows = rows.filter(closed_at__isnull=state == "open")
    page = Paginator(rows.matching(words), PER_PAGE).get_page(request.GET.get("page"))
    known = standings([each.pk for each in page.object_list])
    heading = ngettext("%(n)s consultation is open", "%(n)s consultations are open", still_open)
    context = {
        "heading": heading % {"n": format_number(still_open)},
        "page_obj": page,
        "rows": [(each, known[each.pk]) for each in page.object_list],
        "words": words,
        "state": state,
        "filtered": bool(words or state),
        "may_ask": can(user, "create", Consultation),
        "today": timezone.localdate(),
    }
    return render(request, "plans/consultations.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def consultation_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Consultation)
    form = ConsultationForm(user, posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = _opened(form, user)
        if made is not None:
            messages.success(request, _("The agencies are asked; each sees it on its first page."))
            return redirect("plans:consultation", made.pk)
    context = {"form": form, "organisation_names": _names_today(user)}
    return render(request, "plans/consultation_new.html", context, status=422 if form.errors else 200)


def _opened(form: ConsultationForm, user: User) -> Consultation | None:
    """The consultation of a valid form; None when something in it is refused, with the form saying what."""
    wanted = form.cleaned_data
    asked = _asked(form)
    if asked is None:
        return None
    upload = _attached(form, user)
    if upload is None:
        return None
    try:
        return open_consultation(
            wanted["title"],
            asked.asked,
            actor=user,
            due_on=wanted["due_on"],
            question=wanted["question"],
            upload=upload,
            letter_number=wanted["letter_number"],
            letter_on=wanted["letter_on"],
        )
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return None


def _asked(form: AskedForm) -> Meant | None:
    """Whom the form asks today; None with an error at the names that fit nobody."""
    groups = [each.pk for each in form.cleaned_data["sets"]]
    found = meant_by(form.names(), groups, timezone.localdate())
    if found.unknown:
        words = _("Nobody is known by this name, or several are: %(names)s. Take the name from the list.")
        form.add_error("agencies", words % {"names": "; ".join(found.unknown)})
        return None
    return found


def _attached(form: Form, user: User) -> Upload | None:
    """The form's file, kept; None with the gate's reason at the field."""
    file = form.cleaned_data["file"]
    try:
        return attach_file(file, file.name or "", actor=user)
    except AttachmentRefused as refused:
        form.add_error("file", refused.message())
        return None


def _names_today(user: User) -> list[str]:
    known = OrganisationVersion.objects.visible_to(user).filter(valid__contains=timezone.localdate())
    return list(known.working().order_by("name_sort").values_list("name", flat=True))


def consultation_of(request: HttpRequest, pk: int, verb: str = "") -> Consultation:
    """One in the user's sight; with `verb` also one to which she may do that."""
    user = user_of(request)
    rows = Consultation.objects.visible_to(user).select_related("document", "created_by")
    found = get_object_or_404(rows.defer("document__reading"), pk=pk)
    if verb:
        require(user, verb, found)
    return found


@for_roles()
@require_GET
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    return consultation_page(request, consultation_of(request, pk))


def consultation_page(
    request: HttpRequest, found: Consultation, forms: Mapping[str, Form] | None = None
) -> HttpResponse:
    """The page; `forms` are those that were sent and found wrong."""
    user, forms = user_of(request), forms or {}
    answers = list(ConsultationAnswer.objects.visible_to(user).filter(consultation=found))
    known = asked_names(found, answers)
    remarks = _remarks(user, found)
    may_edit = can(user, "edit", found)
    context = {
        "consultation": found,
        "standing": standings([found.pk])[found.pk],
        "answers": _lines(answers, known, found, user),
        "missing": [known.get(each.organisation_id, "") for each in answers if not each.kind],
        "remarks": [(each, known.get(each.answer.organisation_id, "")) for each in remarks],
        "unsettled": sum(not each.outcome for each in remarks),
        "drafts": list(ConsultationDraft.objects.visible_to(user).filter(consultation=found)),
        "may_edit": may_edit,
        "file_form": forms.get("file") or DraftFileForm(),
        "ask_form": forms.get("ask") or AskedForm(user, auto_id="ask_%s"),
        "close_form": forms.get("close") or CloseForm(auto_id="close_%s"),
        "opened": next(iter(forms), ""),
        "organisation_names": _names_today(user) if may_edit else [],
        "today": timezone.localdate(),
    }
    return render(request, "plans/consultation.html", context, status=422 if forms else 200)


def _remarks(user: User, found: Consultation) -> list[Remark]:
    rows = Remark.objects.visible_to(user).filter(answer__consultation=found)
    return list(rows.select_related("answer", "draft", "settled_draft"))


def _lines(
    answers: list[ConsultationAnswer], known: dict[int, str], found: Consultation, user: User
) -> list[dict[str, Any]]:
    """The answers, those missing first, each with what the user may do."""
    rows = sorted(answers, key=lambda each: (bool(each.kind), each.pk))
    return [
        {
            "answer": each,
            "name": known.get(each.organisation_id, ""),
            "late": each.late(found.due_on),
            "may_answer": found.closed_at is None and can(user, "answer", each),
        }
        for each in rows
    ]


@for_roles()
@require_GET
def consultation_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A version of the draft, as it was uploaded."""
    found = consultation_of(request, pk)
    rows = ConsultationDraft.objects.visible_to(user_of(request)).filter(consultation=found)
    return send(get_object_or_404(rows.select_related("upload"), number=number).upload)


@for_roles()
@require_POST
def consultation_draft_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = consultation_of(request, pk, "edit")
    user, form = user_of(request), DraftFileForm(request.POST, request.FILES)
    upload = _attached(form, user) if form.is_valid() else None
    if upload is None:
        return consultation_page(request, found, {"file": form})
    made = add_consultation_draft(found, upload, actor=user)
    messages.success(request, _("Version %(n)s of the draft is there.") % {"n": made.number})
    return redirect("plans:consultation", pk)


@for_roles()
@require_POST
def consultation_ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = consultation_of(request, pk, "edit")
    user = user_of(request)
    form = AskedForm(user, request.POST, auto_id="ask_%s")
    asked = _asked(form) if form.is_valid() else None
    if asked is None:
        return consultation_page(request, found, {"ask": form})
    try:
        new = ask_organisations(found, asked.asked, actor=user)
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return consultation_page(request, found, {"ask": form})
    words = ngettext("%(n)s agency more is asked.", "%(n)s agencies more are asked.", new)
    messages.success(request, words % {"n": format_number(new)})
    return redirect("plans:consultation", pk)


@for_roles()
@require_POST
def consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = consultation_of(request, pk, "edit")
    form = CloseForm(request.POST, auto_id="close_%s")
    if form.is_valid():
        try:
            close_consultation(found, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The consultation is closed. Remarks can still be settled."))
            return redirect("plans:consultation", pk)
    return consultation_page(request, found, {"close": form})


@for_roles()
@require_POST
def consultation_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of remarks and how they were settled, as a Word file."""
    found = consultation_of(request, pk, "edit")
    user = user_of(request)
    answers = list(ConsultationAnswer.objects.visible_to(user).filter(consultation=found))
    body = table_of(found, answers, _remarks(user, found), asked_names(found, answers))
    return HttpResponse(
        body,
        content_type=TYPES["docx"],
        headers={"Content-Disposition": f'attachment; filename="tong-hop-tiep-thu-giai-trinh-{pk}.docx"'},
    )
