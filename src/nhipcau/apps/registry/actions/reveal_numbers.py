"""The keeper opens a person's identity numbers, and says for what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Person, SourceRecord
from nhipcau.apps.registry.numbers import opened
from nhipcau.core.sealing import SealingError


def reveal_numbers(person: Person, *, purpose: str, actor: User) -> list[tuple[str, str]]:
    """Kind and number of each. Raises Refused without a purpose, and when the keys lack."""
    if not purpose.strip():
        raise Refused(_("Say what the number is needed for."))
    with act(actor, "registry.reveal_numbers", person, permission="reveal", reason=purpose.strip()) as entry:
        records = SourceRecord.objects.filter(memberships__person=person, memberships__until=None)
        try:
            found = opened(records)
        except SealingError as error:
            raise Refused(
                _("The numbers cannot be opened: the keys of this instance lack. Tell the administrator.")
            ) from error
        note(entry, numbers=len(found))
    return found
