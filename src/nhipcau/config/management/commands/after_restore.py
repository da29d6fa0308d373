"""What a restored backup needs before it serves: the chain goes on, what was removed for good goes
again, erased people with it, what waited to be mailed is not sent twice.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.audit.seal import note_restored
from nhipcau.apps.files.removed import remove_again
from nhipcau.apps.notices.actions.settle_restored import settle_restored
from nhipcau.apps.registry.erasing import erase_again


class Command(BaseCommand):
    help = "Run by `nhipcau restore` at its end."

    def handle(self, *_args: Any, **_options: Any) -> None:
        note_restored()
        restorer = System("restore")
        with acting(restorer):
            count = remove_again()
            people = erase_again()
            settle_restored(restorer)
        if count or people:
            self.stdout.write(f"{count} {people}")
