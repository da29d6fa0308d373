"""What people are told of tasks: the kinds of message, and to whom they go.

An action calls `tell_agency` or `tell_overseers` in its own transaction:

    tell_agency(assignment, "plans.returned", key=f"returned:{update.pk}", actor=actor, reason=reason)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.models import POSTS, Assignment, Document, Task

RESULT, HELP, DATES, TALK = _("Results of reports"), _("Obstacles"), _("Due dates"), _("Comments")

# Every message has %(task)s and %(agency)s; the others are given by who tells.
KINDS = {
    "plans.assigned": (_("New tasks"), _("%(agency)s was given a task: “%(task)s”.")),
    "plans.period_opened": (
        _("New tasks"),
        _("“%(task)s” comes again for %(agency)s: period %(number)s, due on %(until)s."),
    ),
    "plans.plan_given": (
        _("New tasks"),
        _("%(agency)s has tasks in the plan %(plan)s, approved today: %(n)s."),
    ),
    "plans.given_to_you": (_("New tasks"), _("You were given “%(task)s” to work on.")),
    "plans.to_approve": (RESULT, _("A report on “%(task)s” waits for your approval.")),
    "plans.given_back": (RESULT, _("Your report on “%(task)s” was given back: %(reason)s")),
    "plans.reported": (RESULT, _("%(agency)s reported that “%(task)s” is done; it waits to be accepted.")),
    "plans.period_reported": (RESULT, _("%(agency)s reported the work of an earlier period of “%(task)s”.")),
    "plans.period_returned": (
        RESULT,
        _("The report on an earlier period of “%(task)s” was returned: %(reason)s"),
    ),
    "plans.accepted": (RESULT, _("Accepted as done: “%(task)s”.")),
    "plans.returned": (RESULT, _("The report on “%(task)s” was returned: %(reason)s")),
    "plans.stuck": (HELP, _("%(agency)s is stuck with “%(task)s”: %(reason)s")),
    "plans.escalated": (HELP, _("“%(task)s” of %(agency)s was put before %(body)s.")),
    "plans.decided": (HELP, _("%(body)s decided on “%(task)s”: %(reason)s")),
    "plans.cleared": (HELP, _("What stood in the way of “%(task)s” is cleared: %(reason)s")),
    "plans.extension_asked": (DATES, _("%(agency)s asks for more time for “%(task)s”, until %(until)s.")),
    "plans.extension_granted": (DATES, _("“%(task)s” is now due on %(until)s.")),
    "plans.extension_refused": (DATES, _("More time for “%(task)s” was refused: %(reason)s")),
    "plans.commented": (TALK, _("%(who)s wrote about “%(task)s”: %(words)s")),
    "plans.task_ended": (DATES, _("“%(task)s” has ended and need not be done: %(reason)s")),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    registers.pages({"plans.task": "plans:task", "plans.document": "plans:document"})


def tell_agency(assignment: Assignment, kind: str, *, key: str, actor: Actor, **values: Any) -> None:
    """Everybody who reports for the assignment's agency. `key` names what happened; told once."""
    people = (
        holders(REPORTING, timezone.localdate(), [assignment.organisation_id])
        if assignment.organisation_id
        else []
    )
    tell_people(people, assignment, kind, key=key, actor=actor, **values)


def tell_given(tasks: Collection[Task], document: Document, *, actor: Actor) -> None:
    """Everybody who reports for an agency that the document gave tasks to: one message with how many."""
    rows = Assignment.objects.filter(task__in=tasks, ended_at=None, organisation__isnull=False)
    counts = Counter(pk for pk in rows.values_list("organisation_id", flat=True) if pk is not None)
    today = timezone.localdate()
    held = Appointment.objects.filter(
        role__in=REPORTING, organisation__in=counts, valid__contains=today, user__is_active=True
    )
    people: dict[int, list[User]] = defaultdict(list)
    for appointment in held.select_related("user"):
        people[appointment.organisation_id].append(appointment.user)
    known, plan = names(people, today), document.number or document.title[:60]
    for organisation, users in people.items():
        tell(
            users,
            "plans.plan_given",
            key=f"given:{document.pk}:{organisation}",
            actor=actor,
            about=document,
            agency=known.get(organisation, ""),
            plan=plan,
            n=counts[organisation],
        )


def tell_overseers(
    assignment: Assignment, kind: str, *, key: str, actor: Actor, leaders: bool = False, **values: Any
) -> None:
    """The coordinators; with `leaders`, these too."""
    roles: tuple[Role, ...] = ("coordinator", "leader") if leaders else ("coordinator",)
    people = holders(roles, timezone.localdate())
    tell_people(people, assignment, kind, key=key, actor=actor, **values)


def tell_people(
    people: Iterable[User], assignment: Assignment, kind: str, *, key: str, actor: Actor, **values: Any
) -> None:
    """These people, of what happened to the assignment's task."""
    agency = assignment.organisation_id
    known = names([agency], timezone.localdate()) if agency else {}
    words = {
        "task": assignment.task.text.rstrip(" .;"),
        "agency": known.get(agency or 0, assignment.phrase),
        **values,
    }
    tell(people, kind, key=key, actor=actor, about=assignment.task, **words)


def tell_posts(assignment: Assignment, what: str, kind: str, *, key: str, actor: Actor) -> None:
    """Those of the agency whose post takes the step (stepping.POSTS)."""
    held = Appointment.objects.filter(
        organisation=assignment.organisation_id,
        role__in=REPORTING,
        post__in=("", *POSTS[what]),
        valid__contains=timezone.localdate(),
    )
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    tell_people(people, assignment, kind, key=key, actor=actor)


def followers(task: Task) -> list[User]:
    """Who follows the task and still sees it."""
    users = User.objects.filter(is_active=True, followings__task=task)
    return [user for user in users if Task.objects.visible_to(user).filter(pk=task.pk).exists()]


def tell_followers(task: Task, kind: str, *, key: str, actor: Actor, **values: Any) -> None:
    """Of what is said about the task, not about one agency's part."""
    tell(followers(task), kind, key=key, actor=actor, about=task, task=task.text, **values)
