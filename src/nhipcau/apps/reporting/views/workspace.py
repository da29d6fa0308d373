"""The workspace of one section: the units' passages side by side, and the draft that is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nhipcau.apps.access.policies import may
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Task
from nhipcau.apps.reporting.addressees import addressee_key, directory_of_addressees
from nhipcau.apps.reporting.consolidated import ParagraphOut, paragraphs_in, paragraphs_out
from nhipcau.apps.reporting.counting import units_of
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.figures import Run, Totals, Unit
from nhipcau.apps.reporting.gathering import (
    TEXTS,
    Gathered,
    Handled,
    asked_in,
    gathered,
    groups_of,
    handled,
    nothing_said,
    tasks_of,
    texts_by_version,
    texts_of,
)
from nhipcau.apps.reporting.likeness import Alike
from nhipcau.apps.reporting.models import (
    Consolidation,
    Section,
)
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.apps.reporting.totals import totals_of
from nhipcau.apps.reporting.unit_groups import GROUPS
from nhipcau.apps.reporting.views.workspace_cards import Card, Change, Deck, changes_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE, PARAGRAPHS_PER_PAGE = 9, 20
SHOWN = ("left", "taken", "aside", "all")


@dataclass(frozen=True, slots=True)
class Renewed:
    """A source that does not count any more: what the unit had sent, and what it says now."""

    name: str
    old: str
    changes: tuple[Change, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the draft with its number on the page."""

    number: int
    out: ParagraphOut
    sources: tuple[tuple[str, int], ...]
    renewed: tuple[Renewed, ...]
    heading: str = ""

    @property
    def key(self) -> str:
        return str(self.out.pk)

    @property
    def pieces(self) -> list[tuple[Run, str]]:
        """The runs; behind a total how many units it is of."""
        said = {run.code for run in self.out.runs if run.token.rstrip(" ]").endswith("|n")}
        return [(run, "" if run.code in said else _of_units(run)) for run in self.out.runs]

    @property
    def has_figures(self) -> bool:
        return any(run.figure for run in self.out.runs)


def _of_units(run: Run) -> str:
    if run.figure is None or run.figure.value is None or "|" in run.token:
        return ""
    words = {"n": format_number(run.figure.answered), "total": format_number(run.figure.expected)}
    return _("%(n)s of %(total)s units") % words


class Workspace:
    """Everything that the page of a section shows. `task` narrows a section of tasks to one task, `page` is
    that of the texts and `dp` that of the draft: the last one, where what is taken goes, unless said.
    """

    def __init__(
        self,
        draft: Consolidation,
        section: Section,
        sections: Sequence[Section],
        data: QueryDict,
        user: User,
    ) -> None:
        self.draft, self.section, self.sections, self.user = draft, section, sections, user
        # The draft was found in her scope.
        self.edits = may(user, "edit", draft)
        self.period, self.now = draft.period, timezone.now()
        self.paragraphs = paragraphs_in(draft, section.pk)
        self.label = labels([each.level for each in self.sections])[
            [each.pk for each in self.sections].index(section.pk)
        ]
        self.totals = self._totals()
        self.units: Sequence[Unit] = self.totals.units
        self.known: Handled = handled(draft)
        wanted = [section] if section.kind in TEXTS else []
        self.all: list[Gathered] = gathered(self.units, wanted)
        self.tasks = self._task_list()
        self.task = self._task(data.get("task", ""))
        here = Place(section.pk, self.task)
        self.place = here
        self.passages = [each for each in self.all if each.place == here]
        self.rows = self._rows()
        shown = data.get("show", "")
        self.groups = self._groups()
        self.deck = Deck(
            self.passages,
            {unit.pk: unit for unit in self.units},
            self.known,
            {row.out.pk: row.number for row in self.rows},
        )
        self.shown = shown if shown in SHOWN else self._first_shown()
        self.page = Paginator(self._picked(self.shown), PER_PAGE).get_page(data.get("page"))
        pages = Paginator(self.rows, PARAGRAPHS_PER_PAGE)
        self.asked_page = whole(data.get("dp", "")) or ""
        self.draft_page = pages.get_page(self.asked_page or pages.num_pages)

    def _totals(self) -> Totals:
        """With figures only where the page shows some."""
        tokens = any("[[" in row.text for row in self.paragraphs)
        if self.section.kind == Section.Kind.INDICATORS or tokens:
            return totals_of(self.period, self.now)
        return Totals(tuple(units_of(self.period, self.now)), ())

    def _task_list(self) -> list[Task]:
        """Tasks that a passage or a paragraph is about, in the order of the plan."""
        if self.section.kind != Section.Kind.TASKS:
            return []
        return tasks_of(self.draft, self.section, self.all)

    def _task(self, wanted: str) -> int | None:
        pk = whole(wanted)
        known = [task.pk for task in self.tasks]
        if pk in known:
            return pk
        left = (each.place.task for each in self.all if self.known.open(each.pk))
        open_ones = set(left)
        return next((each for each in known if each in open_ones), known[0] if known else None)

    # ---- passages

    def _groups(self) -> list[Alike]:
        """What says the same; of difficulties only what is addressed to the same body."""
        if self.section.kind != Section.Kind.DIFFICULTIES:
            return groups_of(self.passages)
        known = directory_of_addressees()
        bodies: dict[str, list[int]] = {}
        for at, each in enumerate(self.passages):
            key = addressee_key(each.addressee, known)
            bodies.setdefault(known.known.get(key, key), []).append(at)
        found = []
        for places in bodies.values():
            for group in groups_of([self.passages[at] for at in places]):
                same, near = (tuple(places[at] for at in some) for some in (group.same, group.near))
                found.append(Alike(same, near))
        return found

    def _picked(self, shown: str) -> list[Alike]:
        tests = {"left": self.deck.open, "taken": self.deck.taken, "aside": self.deck.aside}
        test = tests.get(shown)
        return [group for group in self.groups if test is None or test(group)]

    def _first_shown(self) -> str:
        return "left" if any(self.deck.open(group) for group in self.groups) else "all"

    def cards(self) -> list[Card]:
        groups: list[Alike] = list(self.page.object_list)
        wanted = [self.passages[at].pk for group in groups for at in (group.same[0], *group.near)]
        texts = texts_of(wanted)
        return [self.deck.card(group, texts) for group in groups]

    # ---- the draft

    def _rows(self) -> list[Row]:
        mine_only = [row for row in self.paragraphs if row.task_id == self.task]
        out = paragraphs_out(self.draft, self.totals, self.now, mine_only)
        mine = out.get(self.section.pk, [])
        bodies = list(dict.fromkeys(row.addressee for row in mine))
        mine.sort(key=lambda row: bodies.index(row.addressee))
        newer = self._newer(mine)
        rows = []
        before = None
        for number, row in enumerate(mine, start=1):
            names: dict[str, int] = {}
            for source in row.sources:
                names.setdefault(source.short, source.passage)
            heading = row.addressee if row.addressee != before else ""
            before = row.addressee
            renewed = [
                Renewed(
                    source.name,
                    source.text,
                    changes_of(source.text, newer[source.newer]) if source.newer in newer else (),
                    source.newer not in newer,
                )
                for source in row.sources
                if not source.counts
            ]
            rows.append(Row(number, row, tuple(names.items()), tuple(renewed), heading))
        return rows

    def paragraph_rows(self) -> list[Row]:
        """Those of the page; the first one says whom it is addressed to again."""
        rows = list(self.draft_page.object_list)
        return [replace(rows[0], heading=rows[0].out.addressee), *rows[1:]] if rows else []

    def _newer(self, rows: Sequence[ParagraphOut]) -> Mapping[int | None, str]:
        """The words in this place of the versions that count now, by version."""
        wanted = {source.newer for row in rows for source in row.sources if source.newer}
        if not wanted:
            return {}
        return texts_by_version(wanted, self.section.key, self.task)

    # ---- words and addresses

    def _units_with(self, wanted: str) -> list[str]:
        """Names of units with a passage here that was (not) taken."""
        taken = {each.unit for each in self.passages if each.pk in self.known.taken}
        wrote = dict.fromkeys(each.unit for each in self.passages)
        some = [unit for unit in wrote if (unit in taken) == (wanted == "taken")]
        return [self.deck.units[unit].name for unit in some]

    def heading(self) -> str:
        if self.section.kind not in TEXTS:
            expected = self.totals.expected
            words = ngettext(
                "Figures of %(shown)s of %(all)s unit", "Figures of %(shown)s of %(all)s units", expected
            )
            return words % {"shown": format_number(self.totals.answered), "all": format_number(expected)}
        left = {each.unit for each in self.passages if self.known.open(each.pk)}
        if left:
            words = ngettext(
                "%(n)s unit's text not looked at yet", "%(n)s units' texts not looked at yet", len(left)
            )
            return words % {"n": format_number(len(left))}
        return _("Every text was looked at") if self.passages else _("No unit wrote anything here")

    def address(self, **more: Any) -> str:
        kept = {"task": self.task or "", "show": self.shown, "dp": self.asked_page, **more}
        query = urlencode({name: value for name, value in kept.items() if value})
        path = reverse("reporting:consolidation_section", args=[self.period.pk, self.section.pk])
        return f"{path}?{query}" if query else path

    def _tabs(self) -> list[dict[str, Any]]:
        words = {
            "left": pgettext("texts", "Not looked at"),
            "taken": pgettext("texts", "Taken"),
            "aside": pgettext("texts", "Set aside"),
            "all": pgettext("texts", "All"),
        }
        return [
            {
                "label": words[shown],
                "count": len(self._picked(shown)),
                "href": self.address(show=shown),
                "current": shown == self.shown,
            }
            for shown in SHOWN
        ]

    def _pager(self) -> list[dict[str, str]]:
        return self._links(self.page, "page", _("Previous page"), _("Next page"))

    def _draft_pager(self) -> list[dict[str, str]]:
        words = _("Paragraphs before"), _("Paragraphs behind")
        links = self._links(self.draft_page, "dp", *words, page=self._page_now())
        return [{**link, "href": link["href"] + "#co-draft"} for link in links]

    def _links(self, at: Page[Any], name: str, back: str, on: str, **more: Any) -> list[dict[str, str]]:
        links = []
        if at.has_previous():
            href = self.address(**more, **{name: at.previous_page_number()})
            links.append({"href": href, "label": back})
        if at.has_next():
            links.append({"href": self.address(**more, **{name: at.next_page_number()}), "label": on})
        return links

    def _page_now(self) -> int | str:
        return self.page.number if self.page.number > 1 else ""

    @cached_property
    def into(self) -> SafeString:
        """Options: behind which paragraph of the page words are put. Written once for all cards."""
        words = _("behind paragraph %(n)s")
        rows = ((row.out.pk, row.out.version, words % {"n": row.number}) for row in self.draft_page)
        return format_html_join("", '<option value="{}:{}">{}</option>', rows)

    @cached_property
    def elsewhere(self) -> SafeString:
        """Options: the other sections of text, where a paragraph of this one could stand too."""
        labelled = zip(self.sections, labels([each.level for each in self.sections]), strict=True)
        rows = (
            (each.pk, f"{label} {each.title}")
            for each, label in labelled
            if each.kind in TEXTS and each.pk != self.section.pk
        )
        return format_html_join("", '<option value="{}" data-user-text>{}</option>', rows)

    def _groups_of_units(self) -> list[tuple[str, str]]:
        """Those that units of the period are in, for figures of a group alone."""
        here = {unit.group for unit in self.units if unit.expected}
        return [(key, str(name)) for key, (name, _kinds) in GROUPS.items() if key in here]

    def _task_links(self) -> list[dict[str, Any]]:
        left: dict[int | None, int] = {}
        for each in self.all:
            left[each.place.task] = left.get(each.place.task, 0) + self.known.open(each.pk)
        return [
            {
                "task": task,
                "left": left.get(task.pk, 0),
                "href": self.address(task=task.pk, show=""),
                "current": task.pk == self.task,
            }
            for task in self.tasks
        ]

    def _steps(self) -> tuple[Section | None, Section | None]:
        """The sections before and after that have something to do."""
        some = [each for each in self.sections if each.kind in (*TEXTS, Section.Kind.INDICATORS)]
        at = next((n for n, each in enumerate(some) if each.pk == self.section.pk), None)
        if at is None:
            return None, some[0] if some else None
        return some[at - 1] if at else None, some[at + 1] if at + 1 < len(some) else None

    def context(self, said: str = "", refused: bool = False) -> dict[str, Any]:
        before, after = self._steps()
        names = {unit.pk: unit.name for unit in self.units}
        nothing = nothing_said(self.units, self.section) if self.section.kind in TEXTS else []
        mine = self.draft.steps.filter(undone=False, made_by=self.user)
        taken, open_units = self._units_with("taken"), self._units_with("left")
        return {
            "period": self.period,
            "draft": self.draft,
            "section": self.section,
            "label": self.label,
            "work": self,
            "heading": self.heading(),
            "cards": self.cards(),
            "page_obj": self.page,
            "pager": self._pager(),
            "rows": self.paragraph_rows(),
            "all_rows": len(self.rows),
            "draft_page": self.draft_page,
            "draft_pager": self._draft_pager(),
            "other_sections": bool(self.elsewhere),
            "tabs": self._tabs() if self.passages else [],
            "task_links": (links := self._task_links()),
            "next_task": next((link for link in links if link["left"] and not link["current"]), None),
            "done_here": not any(self.known.open(each.pk) for each in self.passages),
            "task": next((task for task in self.tasks if task.pk == self.task), None),
            "before": before,
            "after": after,
            "wrote": len(taken) + len(open_units),
            "taken": len(taken),
            "open_names": open_units,
            "nothing": [names[pk] for pk in nothing],
            "missing": [unit.name for unit in self.totals.missing],
            "totals": self.totals,
            "indicators": [each for each in self.totals.indicators if each.section == self.section.pk],
            "tokens": asked_in(self.period),
            "token_groups": self._groups_of_units(),
            "unresolved": [token for row in self.rows for token in row.out.unresolved],
            "last_step": mine.order_by("-pk").values_list("pk", flat=True).first(),
            "back": self.address(page=self._page_now()),
            "said": said,
            "refused": refused,
            "edits": self.edits,
        }
