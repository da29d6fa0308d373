"""The document and the draft that an address names: 404 out of scope, 403 in scope without the right."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.models import Document, DraftTask
from nhipcau.apps.webkit.addresses import whole


def document_of(request: HttpRequest, pk: int, verb: str = "") -> Document:
    """A document in the user's sight; with `verb` also one to which she may do that."""
    user = user_of(request)
    rows = Document.objects.visible_to(user).exclude(state=Document.State.REMOVED)
    document = get_object_or_404(
        rows.select_related("upload", "changed_by", "amends", "approved_by", "work"), pk=pk
    )
    if verb:
        require(user, verb, document)
    return document


def draft_of(request: HttpRequest, pk: int, draft_pk: int) -> DraftTask:
    """A draft of a document that the user may review."""
    document = document_of(request, pk, "review")
    drafts = DraftTask.objects.visible_to(user_of(request)).filter(document=document)
    draft = get_object_or_404(drafts.select_related("changed_by"), pk=draft_pk)
    draft.document = document
    return draft


def seen_version(request: HttpRequest, draft: DraftTask) -> int:
    """The draft's version that the user saw; a request without one saw the present one."""
    seen = whole(request.POST.get("seen", ""), digits=8)
    return draft.version if seen is None else seen


def span_in(request: HttpRequest) -> tuple[int, int]:
    """start and end as posted; (0, 0) when they are no numbers."""
    start, end = (whole(request.POST.get(name, ""), digits=8) for name in ("start", "end"))
    return (0, 0) if start is None or end is None else (start, end)
