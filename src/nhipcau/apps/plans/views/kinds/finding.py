"""What an address of a kind names: a record in the user's sight, and the agencies it can be kept for."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.models import Assignment, Review, Task
from nhipcau.apps.plans.models.kinds import Record, RecordQuerySet
from nhipcau.apps.plans.records import TABLES, table_of


def visible_records(kind: str, user: User) -> RecordQuerySet:
    """The records of the kind in the user's sight; 404 for a kind that has none."""
    if kind not in TABLES:
        raise Http404
    table = table_of(kind)
    rows: RecordQuerySet = table.objects.visible_to(user)
    return rows.filter(what=kind) if table is Review else rows


def record_of(request: HttpRequest, kind: str, pk: int, verb: str = "") -> Record:
    """A record; with `verb` one to which the user may do that."""
    user = user_of(request)
    found: Record = get_object_or_404(
        visible_records(kind, user).select_related("task", "organisation"), pk=pk
    )
    if verb:
        require(user, verb, found)
    return found


def keepers(task: Task, user: User) -> list[tuple[int, str]]:
    """The agencies for which the user may keep records of the task: her own, or for the coordinator any."""
    rows = Assignment.objects.visible_to(user).filter(task=task, ended_at=None, organisation__isnull=False)
    scope = scope_of(user)
    if not scope.has("coordinator"):
        rows = rows.filter(organisation__in=scope.organisations("officer", "commune_officer"))
    pks = dict.fromkeys(pk for pk in rows.values_list("organisation_id", flat=True) if pk)
    known = names(pks, timezone.localdate())
    return [(pk, known.get(pk, "")) for pk in pks]
