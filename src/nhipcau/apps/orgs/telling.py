"""What people are told of deputies, handovers and acts of restructuring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.orgs.models import Restructuring

ACTS = _("Acts of restructuring")
REVIEWING: tuple[Role, ...] = ("coordinator", "leader")

KINDS = {
    "orgs.deputy": (
        _("Deputies"),
        _("%(deputy)s stands in for %(absent)s from %(first_day)s to %(last_day)s."),
    ),
    "orgs.handover": (
        _("Handovers"),
        _("Work of %(giver)s is to be handed over (%(count)s pieces): it waits to be confirmed."),
    ),
    "orgs.act_submitted": (ACTS, _("The act “%(act)s” waits for a second person to approve it.")),
    "orgs.act_returned": (ACTS, _("The act “%(act)s” was sent back: %(reason)s")),
    "orgs.act_done": (ACTS, _("The act “%(act)s” was carried out.")),
    "orgs.undo_asked": (
        ACTS,
        _("Somebody wants the act “%(act)s” undone, and a second person decides: %(reason)s"),
    ),
    "orgs.undo_refused": (ACTS, _("The act “%(act)s” is not undone: %(reason)s")),
    "orgs.act_undone": (ACTS, _("The act “%(act)s” was undone: %(reason)s")),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    registers.pages(
        {
            "orgs.deputy": "orgs:deputy",
            "orgs.handover": "orgs:handover",
            "orgs.restructuring": "orgs:restructuring",
        }
    )


def tell_reviewers(act: Restructuring, kind: str, *, actor: Actor, **values: Any) -> None:
    """Those who may approve it; who wrote it is not asked."""
    wrote = {act.created_by_id, act.changed_by_id, act.submitted_by_id}
    asked = holders(REVIEWING, timezone.localdate())
    hers = kind == "orgs.undo_asked"
    _tell([user for user in asked if hers or user.pk not in wrote], act, kind, actor, values)


def tell_authors(act: Restructuring, kind: str, *, actor: Actor, **values: Any) -> None:
    """Who stated, sent or wanted undone."""
    pks = {act.created_by_id, act.submitted_by_id, act.undo_asked_by_id}
    _tell(User.objects.filter(pk__in=[pk for pk in pks if pk]), act, kind, actor, values)


def _tell(
    people: Iterable[User], act: Restructuring, kind: str, actor: Actor, values: dict[str, Any]
) -> None:
    """Once for each turn that the act takes."""
    key = f"{kind}:{act.pk}:{act.revision}:{act.state}"
    tell(people, kind, key=key, actor=actor, about=act, act=act.title, **values)
