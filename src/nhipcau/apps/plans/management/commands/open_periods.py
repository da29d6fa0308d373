"""`nhipcau manage open_periods`: what the nightly job does, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.plans.jobs import open_due_periods


class Command(BaseCommand):
    help = "Open the next periods of tasks that come again; running it again opens nothing twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        opened = open_due_periods()
        self.stdout.write(f"Đã mở {opened} kỳ. {opened} periods opened.")
