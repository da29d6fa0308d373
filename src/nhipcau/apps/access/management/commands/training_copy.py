"""`training_copy --yes`: make a restored backup a copy for practice. Refuses to touch anything else."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from nhipcau.apps.access.actions.make_training_copy import make_training_copy
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting

WORDS = ("cầu", "sông", "thuyền", "lúa", "chợ", "đò", "tre", "sen", "gạo", "mưa", "nắng", "đồng")


class Command(BaseCommand):
    help = "Replace addresses, passwords and keys by those of a training copy (needs NHIPCAU_TRAINING=1)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="this is the copy, not the instance for work")
        parser.add_argument("--password", default="", help="everybody's password; made up when not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.TRAINING:
            raise CommandError(gettext("Set NHIPCAU_TRAINING=1 first: this replaces every password."))
        if not options["yes"]:
            raise CommandError(gettext("Say --yes when this is the copy, not the instance for work."))
        password = options["password"] or "-".join(secrets.choice(WORDS) for _ in range(5))
        with acting(System("training-copy")):
            count = make_training_copy(password, actor=System("training-copy"))
        said = gettext("%(n)s accounts. Everybody's password: %(password)s")
        self.stdout.write(said % {"n": count, "password": password})
