"""`nhipcau indicators load-library`: the definitions of indicators that come with the product."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.indicators.actions import load_library

LOADER = System("load-library")


class Command(BaseCommand):
    help = "Load the library of indicators; what is there already stays. Twice is the same as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting(LOADER):
            loaded = load_library(actor=LOADER)
        self.stdout.write(
            f"Chỉ tiêu: thêm {len(loaded.new)}, {len(loaded.changed)} định nghĩa mới chờ đưa vào dùng, "
            f"giữ nguyên {len(loaded.left)} dự thảo đang soạn. · Indicators: {len(loaded.new)} added, "
            f"{len(loaded.changed)} new definitions wait to be put in use, {len(loaded.left)} drafts kept."
        )
