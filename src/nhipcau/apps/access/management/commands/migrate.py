"""`migrate`, then the change triggers, the serving login's rights and the first keys: none is missing."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from nhipcau.apps.access.fresh import is_new, rendering_alone
from nhipcau.apps.access.grants import grant_to
from nhipcau.apps.access.keyring import make_first_ring
from nhipcau.apps.access.management.commands.keys import wording
from nhipcau.apps.audit import editions, rows
from nhipcau.core.sealing import SealingError


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with rendering_alone() if is_new(options["database"]) else nullcontext():
            super().handle(*args, **options)
        reads_only = options.get("plan") or options.get("check_unapplied")
        if options.get("database") == DEFAULT_DB_ALIAS and not reads_only:
            rows.install()
            editions.install()
            grant_to(settings.SERVING_ROLE)
            try:
                make_first_ring()
            except SealingError as error:
                raise CommandError(wording(error)) from error
