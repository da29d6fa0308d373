"""What waits for whom: the same questions for the first page, the list's views and the task's page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from nhipcau.apps.access.scope import Scope, scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import POSTS, AgencySteps, Assignment, Extension, Obstacle, Status
from nhipcau.apps.plans.stages import OPEN
from nhipcau.apps.plans.stepping import Step, at_step, steps_of


def _open_obstacles() -> Exists:
    return Exists(Obstacle.objects.open().filter(assignment=OuterRef("pk")))


def _undecided() -> Exists:
    return Exists(Obstacle.objects.undecided().filter(assignment=OuterRef("pk")))


def _asked() -> Exists:
    return Exists(Extension.objects.filter(assignment=OuterRef("pk"), state=Extension.State.ASKED))


def own_agencies(scope: Scope) -> frozenset[int]:
    """Where she takes part in the work itself."""
    return scope.organisations("officer", "commune_officer", "coordinator")


def question(name: str, user: User, used: Collection[AgencySteps] | None = None) -> Q:
    """Assignments in force that the view `name` (VIEWS) shows her. For steps inside, those she may take.

    `used` are the steps of her agencies, asked for when not given.
    """
    if name in INSIDE:
        step, post = INSIDE[name]
        scope = scope_of(user)
        known = steps_of(own_agencies(scope)).values() if used is None else used
        hers = [each for each in known if scope.may_as(each.organisation_id, *POSTS[post])]
        return at_step(step, hers) & Q(status__in=OPEN)
    if name == "mine":
        return Q(specialist__in=scope_of(user).persons(user), status__in=OPEN)
    return {
        "reported": Q(status=Status.REPORTED),
        "returned": Q(status=Status.RETURNED),
        "stuck": Q(_open_obstacles()) & Q(status__in=OPEN),
        "beyond": Q(_undecided()),
        "extension": Q(_asked()),
    }[name]


INSIDE = {
    "to_receive": (Step.TO_RECEIVE, "receive"),
    "to_assign": (Step.TO_ASSIGN, "assign"),
    "to_approve": (Step.TO_APPROVE, "approve"),
}
# Counted by an index of their own.
OF_LEAD = ("reported", "extension", "beyond")
VIEWS = ("reported", "returned", "stuck", "beyond", "extension", *INSIDE, "mine")


WORDS: Mapping[str, Promise] = {
    "reported": ngettext_lazy("%(n)s report waits to be accepted", "%(n)s reports wait to be accepted", "n"),
    "extension": ngettext_lazy("%(n)s request for more time waits", "%(n)s requests for more time wait", "n"),
    "beyond": ngettext_lazy(
        "%(n)s obstacle waits for a decision", "%(n)s obstacles wait for a decision", "n"
    ),
    "to_receive": ngettext_lazy("%(n)s task to receive", "%(n)s tasks to receive", "n"),
    "to_assign": ngettext_lazy("%(n)s task to assign", "%(n)s tasks to assign", "n"),
    "to_approve": ngettext_lazy("%(n)s report to approve", "%(n)s reports to approve", "n"),
    "returned": ngettext_lazy("%(n)s report was returned", "%(n)s reports were returned", "n"),
    "mine": ngettext_lazy("%(n)s task was given to you", "%(n)s tasks were given to you", "n"),
}


def views_for(scope: Scope) -> list[str]:
    """What can wait for somebody with these roles, the most urgent first."""
    found: list[str] = []
    if own_agencies(scope):
        found += ["to_approve", "returned", "mine", "to_assign", "to_receive"]
    if scope.has("coordinator"):
        found += ["reported", "extension"]
    if scope.has("coordinator", "leader"):
        found += ["beyond"]
    return found


def counts_for(user: User) -> dict[str, int]:
    """How many assignments each view has that can wait for her. One query, and one for the steps of her
    agencies.
    """
    scope = scope_of(user)
    views = views_for(scope)
    if not views:
        return {}
    own = own_agencies(scope)
    used = steps_of(own).values() if own else ()
    rows = Assignment.objects.visible_to(user).filter(ended_at=None, task__ended_at=None)
    hers = Assignment.objects.filter(organisation__in=own, ended_at=None, task__ended_at=None)
    counted = {
        f"n_{view}": _count((rows if view in OF_LEAD else hers).filter(question(view, user, used)))
        for view in views
    }
    found = User.objects.filter(pk=user.pk).values(**counted)[0]
    return {view: found[f"n_{view}"] for view in views}


def _count(rows: models.QuerySet[Assignment]) -> Coalesce:
    """The number of rows, as a column of another query."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(one), 0)


def work_waiting(user: User) -> Iterator[Waiting]:
    """For the first page: each kind of work that waits for her, with the list that shows it."""
    for view, count in counts_for(user).items():
        if count:
            words = str(WORDS[view] % {"n": count})
            yield Waiting(words, f"{reverse('plans:tasks')}?status={view}")
