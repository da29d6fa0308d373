"""Lists of people of the synthetic province, after `load_demo_people`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.demo.lists import load_lists
from nhipcau.apps.registry.management.commands.load_demo_people import COORDINATOR


class Command(BaseCommand):
    help = "Some five thousand people in four messy lists, in a demo instance."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Only an instance with NHIPCAU_MODE=demo gets it.")
        self.stdout.write("\nDanh sách người · lists of people:")
        made = load_lists(User.objects.get(email=COORDINATOR), self.stdout.write)
        if not made:
            self.stdout.write("  đã có sẵn · there already")
