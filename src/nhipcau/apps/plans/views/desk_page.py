"""The desk of one draft document, built from a fixed number of queries whatever the number of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.drafting import matcher_of
from nhipcau.apps.plans.forms.draft import DraftForm
from nhipcau.apps.plans.matching import Matcher
from nhipcau.apps.plans.models import Document, DraftTask
from nhipcau.apps.plans.views.desk_items import STEP, Item, draft_item, gap_items, open_item
from nhipcau.apps.plans.views.desk_panels import Panels
from nhipcau.apps.plans.views.page_text import Heading, Sentence, blocks
from nhipcau.apps.plans.views.text_blocks import shown_blocks

ORDERS = ("doubt", "text")
# A short plan leaves the strip unfilled: marks that are stretched cannot be told apart from one another.
LEAST_MARKS = 30


@dataclass(slots=True)
class Counts:
    drafts: int
    accepted: int
    doubtful: int
    plain_new: int
    gaps: int
    first_doubt: str
    first_gap: str

    @property
    def unseen(self) -> int:
        return self.doubtful + self.plain_new

    @property
    def to_approve(self) -> int:
        return self.drafts

    @property
    def covered(self) -> int:
        return self.drafts

    @property
    def sentences(self) -> int:
        return self.drafts + self.gaps


class Desk:
    """One user's view of one draft. `opened` is the key of the row whose form stands open ("" for none)."""

    def __init__(
        self, document: Document, user: User, *, order: str = "", opened: str = "", said: str = ""
    ) -> None:
        self.document, self.user, self.opened, self.said = document, user, opened, said
        self.order = order if order in ORDERS else ORDERS[0]
        self.form: DraftForm | None = None
        self.conflict = ""

    @cached_property
    def drafts(self) -> list[DraftTask]:
        rows = DraftTask.objects.visible_to(self.user).filter(document=self.document)
        found = list(rows.prefetch_related("assignments"))
        for draft in found:
            draft.document = self.document
        return found

    @cached_property
    def set_aside(self) -> list[tuple[int, int]]:
        """Spans of sentences that a reviewer found to assign nothing."""
        return list(self.document.not_assigning.values_list("span_start", "span_end"))

    @cached_property
    def items(self) -> list[Item]:
        """In the order of the text; with places on the strip; the current one marked."""
        live = [draft for draft in self.drafts if draft.state != DraftTask.State.DROPPED]
        aside = self.set_aside
        items = [draft_item(self.document, draft, self.order) for draft in self.drafts]
        dropped = [(item.start, item.end) for item in items if item.dropped]
        items += gap_items(self.document, live, aside + dropped)
        rank = {draft.pk: index for index, draft in enumerate(self.drafts)}
        items.sort(key=lambda item: (item.start, rank[item.draft.pk] if item.draft else -1))
        place = 0
        for item in items:
            if not item.dropped:
                item.x = str(place * STEP + STEP // 2 - 1)
                place += 1
            item.here = item.key == self.opened
            if item.here and item.draft is not None:
                item.conflict = self.conflict
                open_item(item, self.matcher, self.form)
        return items

    @cached_property
    def matcher(self) -> Matcher:
        return matcher_of(self.document)

    @cached_property
    def set_sizes(self) -> dict[int, int]:
        """Members of each group on the document's day."""
        then = Q(members__valid__contains=self.document.dated)
        size = Count("members__organisation", filter=then, distinct=True)
        groups = OrganisationSet.objects.visible_to(self.user).order_by().annotate(size=size)
        return dict(groups.values_list("pk", "size"))

    @cached_property
    def counts(self) -> Counts:
        of = {
            name: [item for item in self.items if item.state == name]
            for name in ("ok", "doubt", "new", "none")
        }
        return Counts(
            drafts=len(of["ok"]) + len(of["doubt"]) + len(of["new"]),
            accepted=len(of["ok"]),
            doubtful=len(of["doubt"]),
            plain_new=len(of["new"]),
            gaps=len(of["none"]),
            first_doubt=of["doubt"][0].url if of["doubt"] else "",
            first_gap=of["none"][0].url if of["none"] else "",
        )

    def standing_on(self, key: str) -> Desk:
        """The same desk with one row open; nothing is asked again."""
        self.opened = key
        item = self.item(key)
        if item is not None and item.draft is not None:
            item.here = True
            open_item(item, self.matcher)
        return self

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def groups(self) -> list[dict[str, Any]]:
        """The rows under headings, in the chosen order."""
        if self.order == "text":
            return [{"heading": "", "items": self.items}] if self.items else []
        first = [item for item in self.items if item.state in {"doubt", "none"}]
        rest = [item for item in self.items if item.state not in {"doubt", "none"}]
        check = ngettext("%(n)s place to check", "%(n)s places to check", len(first)) % {"n": len(first)}
        groups = [{"heading": check, "items": first}] if first else []
        if rest:
            groups.append({"heading": _("The others, as in the text") if first else "", "items": rest})
        return groups

    def strip(self) -> dict[str, Any]:
        """The coverage strip; numbers as text, so that no language puts points between thousands."""
        marks = [
            {"state": item.state, "x": str(int(item.x) - STEP // 2 + 2), "middle": item.x}
            for item in self.items
            if item.x
        ]
        here = next((item.x for item in self.items if item.here and item.x), "")
        return {"width": str(max(LEAST_MARKS, len(marks)) * STEP), "marks": marks, "here": here}

    def text_blocks(self) -> list[dict[str, Any]]:
        """The text with its sentences marked."""
        reading = self.document.reading or {}
        sentences = [Sentence(item.key, item.start, item.end, _phrases(item)) for item in self.items]
        laid = blocks(self.document.text, sentences, headings(reading), page_starts(reading))
        return shown_blocks(laid, {item.key: item for item in self.items})

    @cached_property
    def panels(self) -> Panels:
        return Panels(self)

    def context(self) -> dict[str, Any]:
        """For the templates of the desk as a whole."""
        return {
            **self.short_context(),
            **self.panels.context(),
            "groups": self.groups(),
            "blocks": self.text_blocks(),
            "say": self.said,
            "can_undo": self.document.draft_changes.filter(made_by=self.user, undone=False).exists(),
            "organisation_names": organisation_names(self.matcher),
        }

    def short_context(self) -> dict[str, Any]:
        """For one row, the strip and the button."""
        return {
            "document": self.document,
            "document_name": name_of(self.document),
            "order": self.order,
            "counts": self.counts,
            "strip": self.strip(),
            "notices": self.panels.notices(),
        }


def name_of(document: Document) -> str:
    """How a title or a sentence names the document."""
    upload = document.upload.name if document.upload else ""
    return document.number or document.title[:90] or upload or _("document without a number")


def headings(reading: dict[str, Any]) -> list[Heading]:
    """The numbered headings that stand in the text."""
    spans = [(section.get("span"), str(section.get("path", ""))) for section in reading.get("sections") or []]
    return [Heading(span[0], span[1], path.count(".") + 1) for span, path in spans if span]


def page_starts(reading: dict[str, Any]) -> list[int]:
    """Where each page begins; empty for a document of one page or of a format without pages."""
    starts: dict[int, int] = {}
    for offset, page, _line in reading.get("places") or []:
        starts.setdefault(page, offset)
    ordered = [starts[page] for page in sorted(starts)]
    return ordered if len(ordered) > 1 and ordered == sorted(ordered) else []


def _phrases(item: Item) -> tuple[str, ...]:
    """The words of a draft's sentence that are doubtful."""
    draft = item.draft
    if draft is None or item.state != "doubt":
        return ()
    found: list[str] = []
    if "due" in item.doubtful:
        found += [str(entry.get("phrase") or "") for entry in draft.due]
    for row in draft.assignments.all():
        if ("with" if row.partner else "agencies") in item.doubtful:
            found.append(row.phrase)
    return tuple(filter(None, found))


def organisation_names(matcher: Matcher) -> list[str]:
    """All names of the matcher's day, in order, for the fields that suggest them."""
    known = sorted(matcher.known.organisations.values(), key=lambda each: each.name_sort)
    return [each.name for each in known]
