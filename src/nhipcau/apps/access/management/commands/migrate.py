"""`migrate`, then the change triggers and the serving login's rights: so no table is ever without them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from nhipcau.apps.access.grants import grant_to
from nhipcau.apps.audit import rows


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        reads_only = options.get("plan") or options.get("check_unapplied")
        if options.get("database") == DEFAULT_DB_ALIAS and not reads_only:
            rows.install()
            grant_to(settings.SERVING_ROLE)
