"""What holds an assignment up: obstacles, who decides about them, more time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.actions import (
    ask_extension,
    clear_obstacle,
    decide_extension,
    decide_obstacle,
    escalate_obstacle,
    raise_obstacle,
)
from nhipcau.apps.plans.forms.stuck import (
    ClearForm,
    DecisionForm,
    EscalateForm,
    ExtensionDecisionForm,
    ExtensionForm,
    ObstacleForm,
)
from nhipcau.apps.plans.models import Extension, Obstacle
from nhipcau.apps.plans.views.asking import Asked, ask, assignment_of
from nhipcau.apps.webkit.formats import format_date

BOTH = require_http_methods(["GET", "POST"])


@for_roles()
@BOTH
def obstacle_new(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "update", found)
    what = Asked(
        _("What stands in the way?"), _("Send to the lead agency"), _("The lead agency is told."), names=True
    )

    def do(data: dict[str, str]) -> object:
        body = _organisation(data["clearer"], user)
        return raise_obstacle(
            found,
            data["text"],
            clearer=body,
            clearer_words=data["clearer"],
            key=data["key"],  # type: ignore[arg-type]  # a UUID after cleaning
            actor=user,
        )

    return ask(request, found.task, ObstacleForm(posted(request)), what, do)


def _organisation(name: str, user: User) -> Organisation | None:
    """The body that bears exactly this name today."""
    today = timezone.localdate()
    words = " ".join(name.split())
    rows = Organisation.objects.visible_to(user).filter(versions__name=words, versions__valid__contains=today)
    return rows.first() if rows.count() == 1 else None


def _obstacle(request: HttpRequest, pk: int) -> Obstacle:
    rows = Obstacle.objects.visible_to(user_of(request)).select_related("assignment__task")
    return get_object_or_404(rows, pk=pk)


def _facts(obstacle: Obstacle) -> tuple[tuple[str, str], ...]:
    facts = ((_("What stands in the way"), obstacle.text), (_("Put before"), obstacle.escalated_to))
    return tuple((label, words) for label, words in facts if words)


@for_roles()
@BOTH
def obstacle_clear(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), _obstacle(request, pk)
    require(user, "clear", found)
    what = Asked(_("How was it cleared?"), _("Note that it is cleared"), _("Noted."), _facts(found))
    return ask(
        request,
        found.assignment.task,
        ClearForm(posted(request)),
        what,
        lambda data: clear_obstacle(found, data["how"], actor=user),
    )


@for_roles()
@BOTH
def obstacle_escalate(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), _obstacle(request, pk)
    require(user, "escalate", found)
    what = Asked(
        _("Who has to decide?"), _("Put it before them"), _("Leaders see that it waits."), _facts(found)
    )
    return ask(
        request,
        found.assignment.task,
        EscalateForm(posted(request)),
        what,
        lambda data: escalate_obstacle(found, data["body"], actor=user),
    )


@for_roles()
@BOTH
def obstacle_decide(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), _obstacle(request, pk)
    require(user, "decide", found)
    what = Asked(_("What was decided?"), _("Record the decision"), _("The agency is told."), _facts(found))
    form = DecisionForm(posted(request), initial={"decided_on": timezone.localdate()})
    return ask(
        request,
        found.assignment.task,
        form,
        what,
        lambda data: decide_obstacle(found, data["decision"], decided_on=data["decided_on"], actor=user),
    )


@for_roles()
@BOTH
def extension_new(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), assignment_of(request, pk)
    require(user, "update", found)
    facts = ((_("Date in force"), format_date(found.due_on)),) if found.due_on else ()
    what = Asked(_("How much more time?"), _("Ask for it"), _("The lead agency is told."), facts)
    return ask(
        request,
        found.task,
        ExtensionForm(posted(request)),
        what,
        lambda data: ask_extension(found, data["until"], reason=data["reason"], actor=user),
    )


@for_roles()
@BOTH
def extension_decide(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    rows = Extension.objects.visible_to(user).select_related("assignment__task", "asked_by")
    found = get_object_or_404(rows, pk=pk)
    require(user, "decide", found)
    facts = (
        (_("Asked for by"), found.asked_by.full_name),
        (_("Old date"), format_date(found.old_due_on)),
        (_("New date"), format_date(found.new_due_on)),
        (_("Reason"), found.reason),
    )
    what = Asked(_("Grant more time?"), _("Decide"), _("The agency is told."), facts)
    return ask(
        request,
        found.assignment.task,
        ExtensionDecisionForm(posted(request)),
        what,
        lambda data: decide_extension(found, grant=data["grant"] == "yes", reason=data["reason"], actor=user),
    )
