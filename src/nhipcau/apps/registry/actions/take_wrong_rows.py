"""The wrong rows of a list are downloaded, marked: they hold people's particulars, so it is in the record."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.intakes.files import MARKED, content
from nhipcau.apps.registry.models import Intake


def take_wrong_rows(intake: Intake, *, actor: User) -> bytes:
    """A workbook. Raises Gone where there is none (any more), SealingError when the keys lack."""
    with act(actor, "registry.take_wrong_rows", intake, permission="drop"):
        return content(intake, intake.marked, MARKED)
