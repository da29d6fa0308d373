"""People abroad of the synthetic province, after `load_demo`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.demo.people import load_people

COORDINATOR = "dieuphoi@lamgiang.example.vn"


class Command(BaseCommand):
    help = "Some people in the register, in a demo instance."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("Only an instance with NHIPCAU_MODE=demo gets it.")
        coordinator = User.objects.get(email=COORDINATOR)
        with acting(coordinator):
            made = load_people(coordinator)
        said = f"{made} người nhập tay · people entered by hand" if made else "đã có sẵn · there already"
        self.stdout.write(f"Sổ theo dõi · register of people: {said}")
