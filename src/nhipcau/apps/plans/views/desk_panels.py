"""Below the desk: agencies nobody has named yet, groups, cited documents, reporting duties, what an
amendment changes.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.plans.amending import tasks_in_force
from nhipcau.apps.plans.forms.due_words import duty_words
from nhipcau.apps.plans.heirs import heirs_of
from nhipcau.apps.plans.models import DraftAssignment, DraftTask, ReportingDuty
from nhipcau.apps.plans.views.laws import changes_of
from nhipcau.core.text import fold

if TYPE_CHECKING:
    from nhipcau.apps.plans.views.desk_page import Desk


def _turns(entry: dict[str, Any]) -> list[dict[str, object]]:
    """How often a duty comes again; the words of the day where no date says it."""
    labels = dict(ReportingDuty.Every.choices)
    rules = [rule for rule in entry.get("due_rules") or [] if rule.get("every") in labels]
    undated = not entry.get("due")
    return [
        {"every": labels[rule["every"]], "phrase": rule["phrase"] if undated and rule["kind"] else ""}
        for rule in rules
    ]


class Panels:
    """The panels of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        live = [draft for draft in desk.drafts if draft.state != DraftTask.State.DROPPED]
        self.rows: list[DraftAssignment] = [row for draft in live for row in draft.assignments.all()]

    def context(self) -> dict[str, Any]:
        """For the templates of the panels."""
        return {
            "unmatched": self.unmatched,
            "sets": self.sets,
            "citations": self.citations,
            "outdated": self.outdated,
            "duties": self.duties(),
            "amendment": self.amendment,
            "asides": self.asides(),
        }

    def asides(self) -> list[dict[str, str]]:
        """Sentences set aside, to be taken back."""
        text = self.desk.document.text
        return [
            {"start": str(start), "end": str(end), "quote": " ".join(text[start:end].split())}
            for start, end in self.desk.set_aside
        ]

    @cached_property
    def unmatched(self) -> list[dict[str, Any]]:
        """Phrases without a meaning, the most frequent first, with whom they might mean."""
        open_rows = [row for row in self.rows if row.is_open]
        counts = Counter(fold(row.phrase) for row in open_rows)
        texts = {fold(row.phrase): row.phrase for row in reversed(open_rows)}
        matcher = self.desk.matcher
        found = []
        for key, number in counts.most_common():
            match = matcher.match(texts[key])
            names = [matcher.name(pk) for pk in match.candidates]
            found.append(
                {
                    "text": texts[key],
                    "tasks": number,
                    "suggestions": [name for name in names if name],
                    "is_group": match.group is not None,
                }
            )
        return found

    @cached_property
    def ended(self) -> list[int]:
        """Agencies named here that have ended since, and whose work nobody or several took over."""
        named = {row.organisation_id for row in self.rows if row.organisation_id}
        return [pk for pk, heir in heirs_of(named).items() if heir is None]

    @cached_property
    def sets(self) -> list[dict[str, Any]]:
        """The groups that this plan names, unconfirmed ones first."""
        used = {row.set_id for row in self.rows if row.set_id}
        back = reverse("plans:desk", args=[self.desk.document.pk])
        found = []
        for pk in used & set(self.desk.matcher.known.sets):
            group = self.desk.matcher.known.sets[pk]
            found.append(
                {
                    "name": group.name,
                    "confirmed": group.confirmed_at is not None,
                    "members": self.desk.set_sizes.get(pk, 0),
                    "href": f"{reverse('orgs:set', args=[pk])}?next={back}",
                }
            )
        return sorted(found, key=lambda each: (each["confirmed"], fold(each["name"])))

    @cached_property
    def citations(self) -> list[dict[str, Any]]:
        return changes_of(self.desk.document.reading or {}, self.desk.user)

    @property
    def outdated(self) -> int:
        return sum(bool(citation["shown_changes"]) for citation in self.citations)

    @cached_property
    def amendment(self) -> dict[str, Any] | None:
        """What an amendment adds, changes and drops; None for a first plan. One query."""
        document = self.desk.document
        if document.amends_id is None:
            return None
        tasks = tasks_in_force(document)
        by_pk = {task.pk: task for task in tasks}
        live = [draft for draft in self.desk.drafts if draft.state != DraftTask.State.DROPPED]
        kept = {draft.continues_id for draft in live if draft.continues_id}
        pairs = [
            {"draft": draft, "before": by_pk[draft.continues_id].text, "after": draft.text}
            for draft in live
            if draft.change == DraftTask.Change.CHANGED and draft.continues_id in by_pk
        ]
        added = [{"draft": draft, "after": draft.text} for draft in live if draft.continues_id is None]
        unnamed = [task for task in tasks if task.pk not in kept]
        dropped = [] if document.amends_part else unnamed
        return {"tasks": tasks, "changed": pairs, "added": added, "dropped": dropped, "unnamed": len(unnamed)}

    def duties(self) -> list[dict[str, Any]]:
        """Reporting duties of the reading, in words."""
        entries = (self.desk.document.reading or {}).get("reporting") or []
        return [
            {
                "by": entry.get("by") or _("whoever carries out the plan"),
                "to": entry.get("to") or "",
                "due": duty_words(str(entry.get("due") or "")),
                "turns": _turns(entry),
                "within": entry.get("within") or "",
                "text": entry.get("text") or "",
            }
            for entry in entries
        ]

    def notices(self) -> list[dict[str, str]]:
        """What waits below the desk, said above it."""
        said = []
        unmatched, outdated = len(self.unmatched), self.outdated
        unconfirmed = sum(not each["confirmed"] for each in self.sets)
        if unmatched:
            words = ngettext("%(n)s agency not yet known", "%(n)s agencies not yet known", unmatched)
            said.append({"href": "#agencies", "text": words % {"n": unmatched}})
        if unconfirmed:
            words = ngettext("%(n)s group to confirm", "%(n)s groups to confirm", unconfirmed)
            said.append({"href": "#agencies", "text": words % {"n": unconfirmed}})
        if outdated:
            words = ngettext(
                "%(n)s cited document has changed", "%(n)s cited documents have changed", outdated
            )
            said.append({"href": "#citations", "text": words % {"n": outdated}})
        if self.amendment is not None:
            said.append({"href": "#amendment", "text": _("what this amendment changes")})
        return said
