"""An agency's answer to a consultation, and what becomes of a remark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import answer_consultation, settle_remark
from nhipcau.apps.plans.consulting import day_of_names
from nhipcau.apps.plans.forms.consultation import (
    BLANK_REMARKS,
    MOST_REMARKS,
    AnswerForm,
    RemarkForm,
    SettleForm,
)
from nhipcau.apps.plans.models import ConsultationAnswer, ConsultationDraft, Remark
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_http_methods(["GET", "POST"])
def consultation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, or remark paragraph by paragraph; all rows stay when something is wrong."""
    user = user_of(request)
    rows = ConsultationAnswer.objects.visible_to(user).select_related("consultation")
    answer = get_object_or_404(rows, pk=pk)
    require(user, "answer", answer)
    asked = answer.consultation
    draft = asked.drafts.order_by("-number").first()
    form = AnswerForm(
        posted(request),
        initial={
            "kind": answer.kind,
            "version": answer.version,
            "letter_number": answer.letter_number,
            "answered_on": answer.answered_on,
        },
    )
    remark_forms = _remark_forms(request, answer, draft)
    if request.method == "POST" and form.is_valid() and all(each.is_valid() for each in remark_forms):
        wanted = form.cleaned_data
        said = [remark for each in remark_forms if (remark := each.said()) is not None]
        try:
            answer_consultation(
                answer,
                wanted["kind"],
                said,
                actor=user,
                version=wanted["version"],
                letter_number=wanted["letter_number"],
                answered_on=wanted["answered_on"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The answer is with the lead agency."))
            return redirect("plans:consultation", asked.pk)
    bad = bool(form.errors or any(each.is_bound and each.errors for each in remark_forms))
    context = {
        "answer": answer,
        "consultation": asked,
        "draft": draft,
        "name": names([answer.organisation_id], day_of_names(asked)).get(answer.organisation_id, ""),
        "form": form,
        "remark_forms": remark_forms,
        "settled": answer.remarks.exclude(outcome="").select_related("draft", "settled_draft"),
        "more": min(MOST_REMARKS, len(remark_forms) + BLANK_REMARKS),
    }
    return render(request, "plans/consultation_answer.html", context, status=422 if bad else 200)


def _remark_forms(
    request: HttpRequest, answer: ConsultationAnswer, draft: ConsultationDraft | None
) -> list[RemarkForm]:
    """One form a remark: what was sent, or what was said before and some blank ones."""
    if request.method == "POST":
        count = min(MOST_REMARKS, whole(request.POST.get("rows", ""), digits=3) or 0)
        return [RemarkForm(request.POST, prefix=f"r{at}", draft=draft) for at in range(count)]
    open_rows = answer.remarks.filter(outcome="")
    said = [
        {
            "passage": row.passage if draft and row.draft_id == draft.pk else None,
            "place": row.place,
            "text": row.text,
        }
        for row in open_rows
    ]
    count = max(
        len(said) + BLANK_REMARKS, min(MOST_REMARKS, whole(request.GET.get("rows", ""), digits=3) or 0)
    )
    initial = said + [{}] * (count - len(said))
    return [RemarkForm(initial=each, prefix=f"r{at}", draft=draft) for at, each in enumerate(initial)]


@for_roles()
@require_http_methods(["GET", "POST"])
def remark_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a remark, and where the latest draft shows it."""
    user = user_of(request)
    rows = Remark.objects.visible_to(user).select_related("answer__consultation", "draft", "settled_draft")
    remark = get_object_or_404(rows, pk=pk)
    require(user, "settle", remark)
    asked = remark.answer.consultation
    draft = asked.drafts.order_by("-number").first()
    same = draft is not None and remark.settled_draft_id in (None, draft.pk)
    initial = {
        "outcome": remark.outcome,
        "explanation": remark.explanation,
        "passage": (remark.settled_passage if remark.outcome else _followed(remark, draft)) if same else None,
        "place": remark.settled_place,
    }
    form = SettleForm(posted(request), initial=initial, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            settle_remark(remark, actor=user, draft=draft, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("The remark is settled."))
            return redirect("plans:consultation", asked.pk)
    context = {
        "remark": remark,
        "consultation": asked,
        "draft": draft,
        "form": form,
        "name": names([remark.answer.organisation_id], day_of_names(asked)).get(
            remark.answer.organisation_id, ""
        ),
    }
    return render(request, "plans/remark_settle.html", context, status=422 if form.errors else 200)


def _followed(remark: Remark, draft: ConsultationDraft | None) -> int | None:
    """Where the remark's paragraph stands in the latest draft, when its words are still the same."""
    quoted = remark.quoted
    if draft is None or not quoted or quoted not in draft.paragraphs:
        return None
    return int(draft.paragraphs.index(quoted))
