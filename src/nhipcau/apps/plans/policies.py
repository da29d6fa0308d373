"""Who may do what to documents, drafts and tasks."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Document, DraftTask, Task


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


def _draft(scope: Scope, _user: User, document: Document) -> bool:
    return scope.has("coordinator") and document.state == Document.State.DRAFT


policy(Document, create=_coordinates, review=_draft, approve=_draft, remove=_coordinates, amend=_coordinates)
policy(DraftTask, edit=lambda scope, user, draft: _draft(scope, user, draft.document))
policy(Task, create=_coordinates, end=_coordinates)
