"""Reports of the synthetic province, after `load_demo`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.demo.running import load_running

COORDINATOR = "dieuphoi@lamgiang.example.vn"


class Command(BaseCommand):
    help = "A reporting period that runs, in a demo instance."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Only an instance with NHIPCAU_MODE=demo gets it.")
        settings.JOBS_INLINE = True
        coordinator = User.objects.get(email=COORDINATOR)
        with acting(coordinator):
            period = load_running(coordinator)
        said = "đã có sẵn · there already" if period is None else period.title
        self.stdout.write(f"Kỳ báo cáo đang chạy · reporting period that runs: {said}")
