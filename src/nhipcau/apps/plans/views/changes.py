"""Changes of drafts on the desk. Each answers a plain form with the desk, and a scripted one with what
changed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.plans.actions.accept_draft import accept_draft
from nhipcau.apps.plans.actions.create_draft import create_draft
from nhipcau.apps.plans.actions.drop_draft import drop_draft
from nhipcau.apps.plans.actions.edit_draft import edit_draft
from nhipcau.apps.plans.actions.join_drafts import join_drafts
from nhipcau.apps.plans.actions.mark_not_assigning import mark_not_assigning, unmark_not_assigning
from nhipcau.apps.plans.actions.restore_draft import restore_draft
from nhipcau.apps.plans.actions.split_draft import split_draft
from nhipcau.apps.plans.actions.undo_change import undo_change
from nhipcau.apps.plans.forms.draft import DraftForm, WordsForm
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.answers import Done, answer, desk_address, one_item
from nhipcau.apps.plans.views.desk_items import shown_of
from nhipcau.apps.plans.views.finding import document_of, draft_of, seen_version, span_in
from nhipcau.apps.plans.views.split_places import places_to_split
from nhipcau.apps.webkit.addresses import sent, whole

# No task is as long; what is pasted may be.
MOST_WORDS = 50_000


@for_roles()
@require_GET
def draft_form(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """The form of one draft: a fragment for the desk, else the desk with this form open."""
    draft = draft_of(request, pk, draft_pk)
    if not request.headers.get("HX-Request"):
        return redirect(desk_address(draft.document, str(draft.pk), request.GET.get("order", "")))
    return one_item(request, draft.document, draft.pk, opened="row" not in request.GET)


@for_roles()
@require_POST
def draft_edit(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """Save what the form changed; with then=accept the draft is accepted too."""
    draft = draft_of(request, pk, draft_pk)
    form = DraftForm(draft, shown_of(draft), request.POST)
    if not form.is_valid():
        return one_item(request, draft.document, draft.pk, opened=True, form=form)
    accept = request.POST.get("then") == "accept"
    changes, version = form.changes(), seen_version(request, draft)

    def do() -> Done:
        if changes or accept:
            edit_draft(draft, version=version, actor=user_of(request), accept=accept, **changes)
        # Other agencies or another plan's panel may have become known.
        return Done(draft.pk, forward=accept, whole="named" in changes and not accept)

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_POST
def draft_accept(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    draft = draft_of(request, pk, draft_pk)

    def do() -> Done:
        accept_draft(draft, version=seen_version(request, draft), actor=user_of(request))
        return Done(draft.pk, forward=True)

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_POST
def draft_drop(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    draft = draft_of(request, pk, draft_pk)

    def do() -> Done:
        drop_draft(draft, version=seen_version(request, draft), actor=user_of(request))
        return Done(draft.pk, forward=True, text=_("Dropped. X brings it back."))

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_POST
def draft_restore(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    draft = draft_of(request, pk, draft_pk)

    def do() -> Done:
        restore_draft(draft, version=seen_version(request, draft), actor=user_of(request))
        return Done(draft.pk)

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_POST
def draft_join(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    draft = draft_of(request, pk, draft_pk)

    def do() -> Done:
        kept = join_drafts(draft, version=seen_version(request, draft), actor=user_of(request))
        return Done(kept.pk, whole=True)

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_http_methods(["GET", "POST"])
def draft_split(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """GET, or a form without a place: choose where. POST with `at`: a character of the draft's words."""
    draft = draft_of(request, pk, draft_pk)
    at = whole(request.POST.get("at", ""), digits=5)
    if request.method == "GET" or at is None:
        places = places_to_split(draft.text)
        back = desk_address(draft.document, str(draft.pk), "")
        context = {"draft": draft, "document": draft.document, "places": places, "back": back}
        return render(request, "plans/split.html", context)
    words = sent(request, "text", MOST_WORDS) if "text" in request.POST else draft.text

    def do() -> Done:
        version, current = seen_version(request, draft), draft
        if " ".join(words.split()) != " ".join(draft.text.split()):
            current = edit_draft(draft, version=version, actor=user_of(request), text=words)
            version = current.version
        first, _second = split_draft(current, version=version, actor=user_of(request), at=at)
        return Done(first.pk, whole=True)

    return _try(request, draft.document, do, key=str(draft.pk))


@for_roles()
@require_http_methods(["GET", "POST"])
def draft_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of marked words (start, end), or of words copied into the form."""
    document = document_of(request, pk, "review")
    start, end = span_in(request)
    if request.method == "GET" or "words" in request.POST:
        form = WordsForm(document.text, request.POST if request.method == "POST" else None)
        if not (request.method == "POST" and form.is_valid()):
            context = {"document": document, "form": form}
            return render(request, "plans/draft_create.html", context, status=422 if form.errors else 200)
        start, end = form.cleaned_data["words"]

    def do() -> Done:
        made = create_draft(document, start, end, actor=user_of(request))
        return Done(made.pk, whole=True)

    return _try(request, document, do, key=f"gap-{start}")


@for_roles()
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence assigns nothing."""
    document = document_of(request, pk, "review")
    start, end = span_in(request)

    def do() -> Done:
        mark_not_assigning(document, start, end, actor=user_of(request))
        return Done(None, whole=True, forward=True)

    return _try(request, document, do, key=f"gap-{start}")


@for_roles()
@require_POST
def take_back_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence does assign something after all."""
    document = document_of(request, pk, "review")
    start, end = span_in(request)

    def do() -> Done:
        unmark_not_assigning(document, start, end, actor=user_of(request))
        return Done(None, whole=True)

    return _try(request, document, do, key="")


@for_roles()
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk, "review")

    def do() -> Done:
        change = undo_change(document, actor=user_of(request))
        back = change.before[0]["pk"] if change.before else None
        return Done(back, whole=True, text=_("Your last change was taken back."))

    return _try(request, document, do, key="")


def _try(request: HttpRequest, document: Document, do: Callable[[], Done], *, key: str) -> HttpResponse:
    """Do it and show the outcome; a refusal shows the present state with the reason, and nothing was
    changed.
    """
    try:
        with transaction.atomic():
            done = do()
    except Refused as refusal:
        fresh = document_of(request, document.pk)
        item = int(key) if key.isdigit() and fresh.drafts.filter(pk=key).exists() else None
        return answer(request, fresh, Done(item, whole=True, text=refusal.message(), refused=True))
    return answer(request, document, done)
