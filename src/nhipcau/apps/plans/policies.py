"""Who may do what to documents, drafts and tasks.

Which stage allows it, and what the refusal says, is the actions' table.
"""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, Task


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


def _reports(scope: Scope, _user: User, assignment: Assignment) -> bool:
    """Their own assignment; the coordinator any."""
    own = scope.organisations("officer", "commune_officer")
    return scope.has("coordinator") or assignment.organisation_id in own


policy(
    Document,
    create=_coordinates,
    review=_coordinates,
    approve=_coordinates,
    remove=_coordinates,
    amend=_coordinates,
)
policy(DraftTask, edit=_coordinates)
policy(Task, create=_coordinates, end=_coordinates)
policy(Assignment, update=_reports)
