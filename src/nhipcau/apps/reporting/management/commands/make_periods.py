"""`nhipcau reporting make-ahead`: what the nightly job does, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.reporting.period_jobs import keep_periods


class Command(BaseCommand):
    help = "Make the periods of the coming two years and open those whose day has come."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made, opened = keep_periods()
        self.stdout.write(f"Đã lập {made} kỳ báo cáo, mở {opened} kỳ. {made} periods made, {opened} opened.")
