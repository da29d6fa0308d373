"""New keys, and the end of an old one. The record says that it happened, never what the keys are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.keyring import key_ring, ring_file, sealed_tables
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.rotation import all_used_keys
from nhipcau.apps.audit.models import Event
from nhipcau.core.sealing import KeyRing, Purpose

# A job that took its keys when it began may seal with them for so long.
LONGEST_WORK = timedelta(days=1)


def make_new_keys(*purposes: Purpose, actor: Actor) -> KeyRing:
    """Fresh current keys; the former ones are kept for reading. Raises SealingError without a ring."""
    with act(actor, "keys.new", Event, permission="create") as entry:
        ring = ring_file().change(lambda ring: ring.with_new(*purposes))
        note(entry, keys=", ".join(ring.current(purpose).id for purpose in purposes))
    return ring


def drop_key(key_id: str, *, actor: Actor) -> KeyRing:
    """Forget a retired key. Raises Refused while something was made by it, UnknownKey, SealingError."""
    with act(actor, "keys.drop", Event, permission="create") as entry:
        used = all_used_keys(sealed_tables())[key_id]
        if used:
            raise Refused(_("This key is still in use. Rotate first: nhipcau keys rotate"))
        for key in key_ring().keys:
            if key.id == key_id and key.retired is None:
                raise Refused(_("This key is the current one. Make a new one first: nhipcau keys new"))
            if key.id == key_id and key.retired and datetime.now(UTC) - key.retired < LONGEST_WORK:
                raise Refused(
                    _("This key was retired less than a day ago: work that began before may need it.")
                )
        ring = ring_file().change(lambda ring: ring.without(key_id))
        note(entry, key=key_id)
    return ring
