"""The workspace as a page, and every change of the draft that is made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.reporting.actions import (
    Pick,
    drop_paragraph,
    drop_source,
    edit_paragraph,
    join_paragraphs,
    move_paragraph,
    move_to_section,
    set_aside,
    take_passages,
    take_up,
    undo_step,
    write_paragraph,
)
from nhipcau.apps.reporting.consolidated import sections_of
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Period, Section
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.views.workspace import Workspace
from nhipcau.apps.webkit.addresses import sent, whole

LONGEST_SENT = 25_000


def draft_of(request: HttpRequest, pk: int) -> Consolidation:
    """The draft of a period in the user's sight: 404 for a period she does not see or that nobody has begun
    to put together, 403 for those who do not read drafts.
    """
    user = user_of(request)
    rows = Period.objects.visible_to(user).select_related("form_version__form", "document")
    period = get_object_or_404(rows.defer("document__reading"), pk=pk)
    if not scope_of(user).has("coordinator", "leader"):
        raise PermissionDenied
    drafts = Consolidation.objects.visible_to(user).select_related("changed_by")
    draft = get_object_or_404(drafts, period=period)
    draft.period = period
    return draft


@for_roles()
@require_GET
def section(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    """The passages of a section side by side; `task` one of a section of tasks, `show` which of them."""
    draft = draft_of(request, pk)
    sections = sections_of(draft.period)
    wanted = next((each for each in sections if each.pk == section_pk), None)
    if wanted is None:
        raise Http404
    work = Workspace(draft, wanted, sections, request.GET, user_of(request))
    return render(request, "reporting/consolidation_section.html", work.context())


def _answer(request: HttpRequest, draft: Consolidation, change: Callable[[], str]) -> HttpResponse:
    """Run a change and show the page that it was made from: the whole of it, or its inner part."""
    refused = False
    try:
        said = change()
    except Refused as refusal:
        said, refused = refusal.message(), True
    back = urlsplit(sent(request, "back", 500))
    overview = reverse("reporting:consolidation", args=[draft.period_id])
    # Only an address of this period's draft.
    path = back.path if back.path.startswith(overview) and ".." not in back.path else overview
    sections = sections_of(draft.period)
    wanted = _section_of(sections, path)
    if not request.headers.get("HX-Request") or wanted is None:
        (messages.error if refused else messages.success)(request, said)
        return redirect(f"{path}?{back.query}" if back.query else path)
    data = QueryDict(mutable=True)
    for name, value in parse_qsl(back.query):
        data[name] = value
    draft.refresh_from_db(fields=["revision", "changed_at"])
    work = Workspace(draft, wanted, sections, data, user_of(request))
    return render(request, "reporting/parts/workspace.html", work.context(said, refused))


def _section_of(sections: Sequence[Section], path: str) -> Section | None:
    last = whole(path.rstrip("/").rsplit("/", 1)[-1])
    return next((each for each in sections if each.pk == last), None) if "/sections/" in path else None


def _edited(request: HttpRequest, pk: int) -> Consolidation:
    draft = draft_of(request, pk)
    if not can(user_of(request), "edit", draft):
        raise PermissionDenied
    return draft


def _numbers(request: HttpRequest, name: str) -> list[int]:
    found = (whole(value) for value in request.POST.getlist(name)[:500])
    return [each for each in found if each is not None]


def _spans(request: HttpRequest) -> tuple[tuple[int, int], ...]:
    found = []
    for value in request.POST.getlist("s")[:2000]:
        start, _dash, end = value.partition("-")
        span = whole(start, digits=6), whole(end, digits=6)
        if span[0] is not None and span[1] is not None:
            found.append((span[0], span[1]))
    return tuple(found)


@for_roles()
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """`passage`, its marked spans `s` ("start-end"), `also` that say the same, `into` a paragraph or none."""
    draft = _edited(request, pk)

    def change() -> str:
        paragraph, _colon, version = sent(request, "into").partition(":")
        into = whole(paragraph), whole(version)
        take_passages(
            draft,
            Pick(whole(sent(request, "passage")) or 0, _spans(request)),
            actor=user_of(request),
            also=_numbers(request, "also"),
            into=(into[0], into[1]) if into[0] is not None and into[1] is not None else None,
        )
        return _("The words are in the draft.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """`passage` (several) are not taken, with `reason`."""
    draft = _edited(request, pk)

    def change() -> str:
        set_aside(draft, _numbers(request, "passage"), sent(request, "reason", 300), actor=user_of(request))
        return _("Set aside with its reason.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def up(request: HttpRequest, pk: int) -> HttpResponse:
    """`passage` (several) wait to be looked at again."""
    draft = _edited(request, pk)

    def change() -> str:
        take_up(draft, _numbers(request, "passage"), actor=user_of(request))
        return _("Taken up again.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A paragraph of one's own: `section`, `task`, `text`."""
    draft = _edited(request, pk)

    def change() -> str:
        place = Place(whole(sent(request, "section")) or 0, whole(sent(request, "task")))
        write_paragraph(
            draft,
            place,
            sent(request, "text", LONGEST_SENT),
            actor=user_of(request),
            addressee=sent(request, "addressee", 300),
            is_item=bool(request.POST.get("is_item")),
        )
        return _("The paragraph is in the draft.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The user's own last change is taken back."""
    draft = _edited(request, pk)

    def change() -> str:
        undo_step(draft, actor=user_of(request))
        return _("Your last change was taken back.")

    return _answer(request, draft, change)


def _paragraph(request: HttpRequest, draft: Consolidation, paragraph_pk: int) -> tuple[Paragraph, int]:
    """The paragraph and the version that was seen. One that is gone meanwhile is told by the action."""
    rows = Paragraph.objects.visible_to(user_of(request)).filter(consolidation=draft)
    found = get_object_or_404(rows, pk=paragraph_pk)
    found.consolidation = draft
    version = whole(sent(request, "version"))
    return found, -1 if version is None else version


@for_roles()
@require_POST
def paragraph_edit(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """`text`; an empty line splits it. `is_item`: one of a list."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        text, item = sent(request, "text", LONGEST_SENT), bool(request.POST.get("is_item"))
        edit_paragraph(paragraph, text, actor=user_of(request), version=version, is_item=item)
        return _("The paragraph is saved.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def paragraph_move(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """`to`: "up" or "down"."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        step = -1 if sent(request, "to") == "up" else 1
        move_paragraph(paragraph, step, actor=user_of(request), version=version)
        return _("The paragraph was moved.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def paragraph_section(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """Into the section `section`."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        section = whole(sent(request, "section")) or 0
        move_to_section(paragraph, section, actor=user_of(request), version=version)
        return _("The paragraph stands at the end of the other section now.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def paragraph_join(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """To the one before."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        join_paragraphs(paragraph, actor=user_of(request), version=version)
        return _("The paragraphs are one; its sources are those of both.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def paragraph_drop(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """Out of the draft."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        drop_paragraph(paragraph, actor=user_of(request), version=version)
        return _("The paragraph was taken out; what it was made from is listed as not taken.")

    return _answer(request, draft, change)


@for_roles()
@require_POST
def paragraph_source(request: HttpRequest, pk: int, paragraph_pk: int) -> HttpResponse:
    """`passage` is no source of it any more."""
    draft = _edited(request, pk)
    paragraph, version = _paragraph(request, draft, paragraph_pk)

    def change() -> str:
        passage = whole(sent(request, "passage")) or 0
        drop_source(paragraph, passage, actor=user_of(request), version=version)
        return _("The source was taken from the paragraph.")

    return _answer(request, draft, change)
