"""What the right side of the desk shows: a row for each draft, a row for each assigning sentence without
one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions.edit_draft import field_of
from nhipcau.apps.plans.dates import Frame, deadline_of, frame_of, reckoning
from nhipcau.apps.plans.forms.draft import DraftForm, Shown
from nhipcau.apps.plans.forms.due_steps import counting
from nhipcau.apps.plans.forms.due_words import due_words, understood
from nhipcau.apps.plans.matching import Matcher
from nhipcau.apps.plans.models import Document, DraftAssignment, DraftTask, Role

LABELS: dict[str, str | Promise] = {
    "ok": pgettext_lazy("draft", "Accepted"),
    "new": pgettext_lazy("draft", "Not looked at"),
    "doubt": pgettext_lazy("draft", "To check"),
    "none": pgettext_lazy("draft", "Without a task"),
    "off": pgettext_lazy("draft", "Dropped"),
}
ICONS = {"ok": "done", "new": "wait", "doubt": "flag", "none": "plus", "off": "x"}
FIELDS: dict[str, str | Promise] = {
    "text": pgettext_lazy("doubt", "words"),
    "scope": pgettext_lazy("doubt", "is it a task"),
    "agencies": pgettext_lazy("doubt", "agency"),
    "role": pgettext_lazy("doubt", "role"),
    "with": pgettext_lazy("doubt", "partners"),
    "due": pgettext_lazy("doubt", "date"),
}
STEP = 24
AGENCIES_SHOWN = 3


@dataclass(slots=True)
class Item:
    """One row. A gap has no draft, but `start`, `end` and `quote`. `form` is set when the row stands open."""

    key: str
    state: str
    start: int
    end: int
    draft: DraftTask | None = None
    quote: str = ""
    agencies: str = ""
    due: str = ""
    doubtful: tuple[str, ...] = ()
    change: str = ""
    url: str = ""
    form_url: str = ""
    x: str = ""
    here: bool = False
    form: DraftForm | None = None
    agency_rows: list[dict[str, Any]] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    partner_hint: str = ""
    conflict: str = ""

    @property
    def row_url(self) -> str:
        """The same row, folded."""
        return f"{self.form_url}{'&' if '?' in self.form_url else '?'}row=1"

    @property
    def gap(self) -> bool:
        return self.draft is None

    @property
    def dropped(self) -> bool:
        return self.state == "off"

    @property
    def label(self) -> str:
        return str(LABELS[self.state])

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def role(self) -> str:
        return self.draft.get_role_display() if self.draft else ""

    @property
    def version(self) -> str:
        return str(self.draft.version) if self.draft else ""

    @property
    def doubts(self) -> list[str]:
        return [str(FIELDS.get(name, name)) for name in self.doubtful] if self.state == "doubt" else []

    @property
    def roles(self) -> list[tuple[str, Any]]:
        return list(Role.choices)


def state_of(draft: DraftTask) -> str:
    """ok, off, doubt or new."""
    if draft.state == DraftTask.State.ACCEPTED:
        return "ok"
    if draft.state == DraftTask.State.DROPPED:
        return "off"
    return "doubt" if draft.doubts else "new"


def doubtful_fields(draft: DraftTask) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (field_of(doubt) for doubt in draft.doubts))))


def draft_item(document: Document, draft: DraftTask, order: str) -> Item:
    """The row of a draft whose assignments are fetched."""
    rows = [row for row in draft.assignments.all() if not row.partner]
    shown = ", ".join(row.phrase for row in rows[:AGENCIES_SHOWN])
    more = len(rows) - AGENCIES_SHOWN
    query = f"?order={order}&" if order else "?"
    return Item(
        key=str(draft.pk),
        state=state_of(draft),
        start=draft.span_start,
        end=draft.span_end,
        draft=draft,
        agencies=f"{shown} +{more}" if more > 0 else shown,
        due=due_words(draft.due),
        doubtful=doubtful_fields(draft),
        change=draft.get_change_display() if draft.change and draft.change != DraftTask.Change.SAME else "",
        url=f"{reverse('plans:desk', args=[document.pk])}{query}draft={draft.pk}#t-{draft.pk}",
        form_url=reverse("plans:draft_form", args=[document.pk, draft.pk])
        + (f"?order={order}" if order else ""),
    )


def gap_items(
    document: Document, drafts: Sequence[DraftTask], set_aside: Iterable[tuple[int, int]]
) -> list[Item]:
    """Sentences that the reader took for assigning and that no draft covers, unless somebody set them
    aside.
    """
    taken = [(draft.span_start, draft.span_end) for draft in drafts] + list(set_aside)
    text = document.text
    found = []
    for each in (document.reading or {}).get("assigning") or []:
        start, end = each["span"]
        if not any(low < end and start < high for low, high in taken):
            quote = " ".join(text[start:end].split())
            found.append(Item(f"gap-{start}", "none", start, end, quote=quote, url=f"#t-gap-{start}"))
    return found


def shown_of(draft: DraftTask, matcher: Matcher | None = None) -> list[Shown]:
    """The draft's bodies with the names that its form shows: what a phrase was matched to, else the
    phrase.
    """
    rows: list[DraftAssignment] = (
        list(draft.assignments.select_related("set")) if matcher is None else [*draft.assignments.all()]
    )
    ids = {row.organisation_id for row in rows if row.organisation_id}
    known = (
        {pk: matcher.name(pk) for pk in ids} if matcher else names(ids, draft.document.dated) if ids else {}
    )

    def name(row: DraftAssignment) -> str:
        if row.organisation_id:
            return known.get(row.organisation_id) or row.phrase
        return row.phrase

    return [Shown(row, name(row)) for row in rows]


def open_item(item: Item, matcher: Matcher, form: DraftForm | None = None) -> Item:
    """Put the form into a row: agencies with suggestions, partners, due dates with how they were
    understood.
    """
    draft = item.draft
    assert draft is not None
    shown = shown_of(draft, matcher)
    item.form = form or DraftForm(draft, shown)
    by_name = {each.name: each.row for each in shown if not each.row.partner}
    agencies = [*item.form.agencies, ("", draft.role)]
    for index, (name, role) in enumerate(agencies):
        item.agency_rows.append(_agency_row(f"d{draft.pk}_a{index}", name, role, by_name.get(name), matcher))
    today = timezone.localdate()
    frame = frame_of(draft.document.reading, draft.document.issued_on, today, reckoning())
    item.understood = [line for entry in draft.due for line in _understood(entry, frame)]
    vague = [each.row.phrase for each in shown if each.row.partner and each.row.as_written]
    item.partner_hint = (
        _("The sentence only says “%(phrase)s”. Name agencies, or leave the words.") % {"phrase": vague[0]}
        if vague
        else _("Names separated by semicolons; empty when nobody is named.")
    )
    return item


def _understood(entry: Mapping[str, Any], frame: Frame) -> Iterator[str]:
    """What the phrase was taken to mean, and what becomes of a day that is not worked."""
    found = deadline_of(entry, frame)
    line = understood(entry, found.stated if found else None)
    if line:
        yield line
    if found is not None and not frame.by.calendar.is_working(found.stated):
        yield counting(found.stated, found.day, found.shift, frame.by.calendar)


def _agency_row(
    ident: str, name: str, role: str, row: DraftAssignment | None, matcher: Matcher
) -> dict[str, Any]:
    hint, suggestions = "", []
    if row is not None and row.is_open:
        suggestions = [matcher.name(pk) for pk in matcher.match(row.phrase).candidates]
        hint = _("Not known yet: choose an agency, or leave the words and name it below the desk.")
    elif row is not None and row.organisation_id and matcher.name(row.organisation_id) != row.phrase:
        hint = _("In the text: “%(phrase)s”") % {"phrase": row.phrase}
    return {
        "name": name,
        "role": role,
        "name_id": f"{ident}_name",
        "role_id": f"{ident}_role",
        "hint": hint,
        "suggestions": [each for each in suggestions if each],
    }
