"""`nhipcau manage load_reference`: the reference data that comes with the product."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.reference.shipped import load


class Command(BaseCommand):
    help = "Load the shipped laws, abbreviations and working days; rows that are there stay as they are."

    def handle(self, *_args: Any, **_options: Any) -> None:
        actor = System("load-reference")
        with acting(actor):
            added = load(actor=actor)
        self.stdout.write(f"Dữ liệu tham chiếu: thêm {added} dòng. Reference data: {added} rows added.")
