"""What a restored backup needs before it serves: the chain goes on, what was removed for good goes again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.audit.seal import note_restored
from nhipcau.apps.files.removed import remove_again


class Command(BaseCommand):
    help = "Run by `nhipcau restore` at its end."

    def handle(self, *_args: Any, **_options: Any) -> None:
        note_restored()
        with acting(System("restore")):
            count = remove_again()
        if count:
            self.stdout.write(str(count))
