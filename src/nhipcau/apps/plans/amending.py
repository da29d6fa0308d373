"""Which task of the plan in force a draft of its amendment continues.

The rule, as docs/explanation states it: two tasks are alike by the words they share (Dice, marks and case
aside), more so when they stand under the same label. A draft continues a task when at least 60 % of their
words are shared, or 40 % under the same label. Each task is continued once: the most alike pair first,
the nearer in order where two are equal. A reviewer can link otherwise (`relink_draft`), and say whether
the tasks that are not named go on (`set_extent`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from nhipcau.apps.plans.models import Assignment, Document, DraftAssignment, DraftTask, Task
from nhipcau.apps.plans.phrases import likeness
from nhipcau.core.text import fold

ALIKE = 0.6
ALIKE_AT_THE_SAME_PLACE = 0.4
SAME_PLACE = 0.15
# An amendment that continues fewer than half of the tasks is taken for one that names only what changes.
WHOLE = 0.5
# Why a task ended that the amendment does not name any more.
NOT_CONTINUED = "amended"


@dataclass(frozen=True, slots=True)
class Item:
    """A task or draft as it is compared."""

    pk: int
    path: str
    text: str
    order: int


def pairs(drafts: Sequence[Item], tasks: Sequence[Item]) -> dict[int, int]:
    """Draft id → id of the task it continues, by the rule above."""
    task_words = {task.pk: words_of(task.text) for task in tasks}
    found: list[tuple[float, int, int, int]] = []
    for draft in drafts:
        words = words_of(draft.text)
        for task in tasks:
            alike = likeness(words, task_words[task.pk])
            here = bool(draft.path) and draft.path == task.path
            if alike >= ALIKE or (here and alike >= ALIKE_AT_THE_SAME_PLACE):
                score = round(alike + (SAME_PLACE if here else 0), 6)
                found.append((-score, abs(draft.order - task.order), draft.pk, task.pk))
    linked: dict[int, int] = {}
    taken: set[int] = set()
    for _score, _distance, draft_pk, task_pk in sorted(found):
        if draft_pk not in linked and task_pk not in taken:
            linked[draft_pk] = task_pk
            taken.add(task_pk)
    return linked


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def amended(document: Document) -> list[int]:
    """The documents (ids) whose tasks an amendment may change: the plan, and amendments of it that came
    before.
    """
    found: list[int] = []
    earlier = document.amends
    while earlier is not None:
        found.append(earlier.pk)
        earlier = earlier.amends
    return found


def in_force(document: Document) -> QuerySet[Task]:
    """The tasks, not ended, that the document may change."""
    return Task.objects.filter(document__in=amended(document), ended_at=None)


def tasks_in_force(document: Document) -> list[Task]:
    """The tasks of the plan that the document amends, those not ended, in order."""
    if document.amends_id is None:
        return []
    return list(in_force(document).order_by("document_id", "position", "pk"))


def link_drafts(document: Document) -> None:
    """Link all drafts of an amendment anew, and say of each whether it is the same, changed or added."""
    tasks = {task.pk: task for task in tasks_in_force(document)}
    if document.amends_id is None:
        return
    drafts = list(DraftTask.objects.filter(document=document))
    linked = pairs(
        [Item(draft.pk, draft.path, draft.text, index) for index, draft in enumerate(drafts)],
        [Item(task.pk, task.path, task.text, index) for index, task in enumerate(tasks.values())],
    )
    for draft in drafts:
        draft.continues = tasks.get(linked.get(draft.pk, 0))
    note_changes(drafts)
    DraftTask.objects.bulk_update(drafts, ["continues", "change"])
    document.amends_part = len(linked) < len(tasks) * WHOLE
    document.save(update_fields=["amends_part"])


def note_changes(drafts: Sequence[DraftTask]) -> None:
    """Set `change` of each draft by what it continues: words, bodies and due dates are compared.

    Two queries.
    """
    tasks = [draft.continues_id for draft in drafts if draft.continues_id]
    old: dict[int, set[str]] = {}
    for row in Assignment.objects.filter(task_id__in=tasks, ended_at=None):
        old.setdefault(row.task_id, set()).add(_body(row))
    new: dict[int, set[str]] = {}
    for draft_row in DraftAssignment.objects.filter(draft__in=drafts):
        new.setdefault(draft_row.draft_id, set()).add(_body(draft_row))
    for draft in drafts:
        if draft.continues is None:
            draft.change = DraftTask.Change.ADDED
            continue
        same = words_of(draft.text) == words_of(draft.continues.text)
        same = same and old.get(draft.continues.pk, set()) == new.get(draft.pk, set())
        draft.change = DraftTask.Change.SAME if same else DraftTask.Change.CHANGED


def _body(row: Assignment | DraftAssignment) -> str:
    """Whom a row charges, as the document puts it: a set counts once, however many members it has."""
    if row.set_id:
        return f"set {row.set_id} {row.role}"
    return f"{row.organisation_id or fold(row.phrase)} {row.role}"


def dropped(document: Document) -> list[Task]:
    """Tasks of the amended plan that no draft continues: approving ends them.

    None when only a part is amended.
    """
    if document.amends_part:
        return []
    kept = DraftTask.objects.filter(document=document, continues__isnull=False)
    continued = set(kept.exclude(state=DraftTask.State.DROPPED).values_list("continues_id", flat=True))
    return [task for task in tasks_in_force(document) if task.pk not in continued]
