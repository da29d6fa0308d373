"""What the reader can do now in a task, first on its page: her agency's step, or a report to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

from nhipcau.apps.access.policies import may
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import specialists
from nhipcau.apps.plans.awaiting import own_agencies
from nhipcau.apps.plans.forms.steps import GiveBackForm, SpecialistForm
from nhipcau.apps.plans.forms.update import ReturnForm
from nhipcau.apps.plans.models import AgencySteps, Assignment, Extension, Status, Task
from nhipcau.apps.plans.stages import OPEN, may_move
from nhipcau.apps.plans.stepping import Step, step_now, steps_of
from nhipcau.apps.plans.views.task_who import name_of

# More reports than these are accepted together, from the group's line.
MOST_TO_ACCEPT = 8
Forms = Mapping[int, forms.Form]


@dataclass(slots=True)
class Now:
    """One part of the task with what the reader may do to it. `own`: it is her agency's."""

    assignment: Assignment
    name: str
    own: bool
    step: Step
    can: set[str] = field(default_factory=set)
    return_form: forms.Form | None = None
    specialist_form: forms.Form | None = None
    give_back_form: forms.Form | None = None

    @property
    def key(self) -> str:
        return str(self.assignment.pk)

    @property
    def waits(self) -> bool:
        """Her agency has it with somebody else inside."""
        return self.own and self.assignment.status in OPEN and not self.can


def now_of(
    task: Task, assigned: list[Assignment], known: dict[int, str], user: User, sent: Forms
) -> list[Now]:
    """Her own agency's part first, then what waits for her to accept it. `sent` are forms to put right."""
    if task.ended_at is not None:
        return []
    own = own_agencies(scope_of(user))
    mine = [row for row in assigned if row.organisation_id in own]
    used = steps_of({row.organisation_id for row in mine if row.organisation_id}) if mine else {}
    found = [_own(row, name_of(row, known), used[row.organisation_id or 0], user, sent) for row in mine]
    by_key = {now.assignment.pk: now for now in found}
    if scope_of(user).has("coordinator"):
        for row in assigned:
            judged = _judged(row, by_key.get(row.pk) or Now(row, name_of(row, known), False, Step.SENT), sent)
            if judged is not None and row.pk not in by_key:
                found.append(judged)
    return [now for now in found if now.own or now.can][:MOST_TO_ACCEPT]


def _own(row: Assignment, name: str, used: AgencySteps, user: User, sent: Forms) -> Now:
    now = Now(row, name, True, step_now(row, used))
    if row.status not in OPEN:
        return now
    if now.step in (Step.TO_RECEIVE, Step.TO_ASSIGN, Step.TO_APPROVE):
        what = {Step.TO_RECEIVE: "receive", Step.TO_ASSIGN: "assign", Step.TO_APPROVE: "approve"}[now.step]
        now.can |= {what} if may(user, what, row) else set()
    ahead = now.step in (Step.TO_RECEIVE, Step.TO_ASSIGN)
    if now.step != Step.TO_APPROVE and may(user, "update", row):
        all_steps = scope_of(user).may_as(row.organisation_id, "head")
        now.can |= {"update", "help"} if not ahead or all_steps else {"help"}
    if used.assigns and now.step in (Step.TO_ASSIGN, Step.DRAFTING) and may(user, "assign", row):
        now.can.add("assign")
    if "assign" in now.can:
        kept = sent.get(row.pk)
        now.specialist_form = (
            kept
            if isinstance(kept, SpecialistForm)
            else SpecialistForm(
                people=specialists(row),
                initial={"version": row.version, "specialist": row.specialist_id},
                auto_id=f"s{row.pk}_%s",
            )
        )
    if "approve" in now.can:
        kept = sent.get(row.pk)
        fresh = GiveBackForm(initial={"version": row.version}, auto_id=f"b{row.pk}_%s")
        now.give_back_form = kept if isinstance(kept, GiveBackForm) else fresh
    return now


def _judged(row: Assignment, now: Now, sent: Forms) -> Now | None:
    """A report that waits, or one whose return has to be put right."""
    kept = sent.get(row.pk)
    again = isinstance(kept, ReturnForm) and may_move("return", row.status)
    if row.organisation_id is None or not (row.status == Status.REPORTED or again):
        return None
    now.can |= {"accept"} if row.status == Status.REPORTED else {"return"}
    fresh = ReturnForm(initial={"version": row.version}, auto_id=f"r{row.pk}_%s")
    now.return_form = kept if isinstance(kept, ReturnForm) else fresh
    return now


def asked_of(task: Task, user: User) -> list[Extension]:
    """Requests for more time in the task, the one that waits first; one query."""
    rows = Extension.objects.visible_to(user).filter(assignment__task=task)
    found = list(rows.select_related("asked_by", "decided_by", "assignment").order_by("-pk")[:20])
    return sorted(found, key=lambda row: row.state != Extension.State.ASKED)
