"""Every reading of a person's page is in the record of actions."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Person
from nhipcau.apps.registry.reach import reach_of


def read_person(person: Person, *, actor: User) -> None:
    with act(actor, "registry.read_person", person, permission="view") as entry:
        if person.pk in reach_of(actor).looked_up:
            note(entry, looked_up=True)
