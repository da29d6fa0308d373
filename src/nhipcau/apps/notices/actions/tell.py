"""Tell people what happened, in the application and in their next digest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.registers import kind as registered
from nhipcau.apps.notices.wording import kept


def tell(
    recipients: Iterable[User],
    kind: str,
    *,
    key: str,
    actor: Actor,
    about: models.Model | None = None,
    **values: Any,
) -> None:
    """One message a person; the actor and the locked are left out.

    `kind` is registered (`notices.registers.kinds`) and its words are filled with `values`: texts, numbers,
    dates. `about` is the object whose page it leads to. `key` names what happened ("returned:17"): a person
    who was told under this key is not told again. Two queries, however many people.

    It runs in the transaction of the change it tells of, and writes no event: that change's action does.
    Raises ValueError for an unknown kind.
    """
    if registered(kind) is None:
        raise ValueError(f"{kind} is no registered kind of message")
    require(actor, "create", Notice)
    people = dict.fromkeys(person.pk for person in recipients if person.is_active and person != actor)
    words = kept(values)
    rows = [
        Notice(
            recipient_id=pk,
            kind=kind,
            values=words,
            key=key,
            about_type=about._meta.label_lower if about is not None else "",
            about_id=str(about.pk) if about is not None else "",
        )
        for pk in people
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
