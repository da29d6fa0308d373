"""`nhipcau reporting load-forms`: the standard forms that come with the product."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.reporting.actions.load_forms import load_forms

LOADER = System("load-forms")


class Command(BaseCommand):
    help = "Load the standard report forms, and the library that they draw on. Twice is the same as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting(LOADER):
            load_library(actor=LOADER)
            new = load_forms(actor=LOADER)
        self.stdout.write(f"Thêm {len(new)} mẫu báo cáo. {len(new)} report forms added.")
        for title in new:
            self.stdout.write(f"  {title}")
