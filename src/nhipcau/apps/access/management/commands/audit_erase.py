"""`audit_erase --request 12/YC --by quantri@… --person 7`.

Erase what events say of a person, on her request.
"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext, ngettext

from nhipcau.apps.access.actions import erase_events
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.management.commands.second_factor_reset import active_user
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.seal import seal_all


class Command(BaseCommand):
    help = "Erase name, reason and data of events; their seals stay, the erasure is recorded."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--request", required=True, help="its number, as the record will say it")
        parser.add_argument("--by", required=True, help="address of the administrator who does it")
        parser.add_argument("--reason", default="", help="why, in words that name nobody")
        parser.add_argument("--person", type=int, action="append", default=[], help="number of a user")
        parser.add_argument("--event", type=int, action="append", default=[], help="number of an event")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = active_user(options["by"])
        request = options["request"]
        seal_all()
        wanted = self._wanted(options["person"], options["event"])
        try:
            with acting(actor):
                count = erase_events(wanted, request=request, reason=options["reason"], actor=actor)
        except Refused as refused:
            raise CommandError(str(refused.why)) from None
        except (PermissionDenied, Http404):
            raise CommandError(gettext("Only a system administrator may erase.")) from None
        seal_all()
        words = ngettext(
            "%(n)s event erased under %(request)s.", "%(n)s events erased under %(request)s.", count
        )
        self.stdout.write(words % {"n": count, "request": request})

    def _wanted(self, people: list[int], events: list[int]) -> list[int]:
        of_people = Q(actor_id__in=people) | Q(
            subject_type=User._meta.label_lower, subject_id__in=[str(person) for person in people]
        )
        found = Event.objects.filter(Q(pk__in=events) | of_people, salt__isnull=False)
        return list(found.values_list("pk", flat=True))
