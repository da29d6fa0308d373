"""`second_factor_reset --by quantri@… --reason … canbo@…`: for who lost phone and codes."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from django.utils.translation import gettext

from nhipcau.apps.access.actions import reset_second_factor
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User


def active_user(email: str) -> User:
    """By address; raises CommandError."""
    user: User | None = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(gettext("Nobody has this address: %(email)s") % {"email": email})
    return user


class Command(BaseCommand):
    help = "Remove the second step of signing in of somebody who lost it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="address of who lost it")
        parser.add_argument("--by", required=True, help="address of the administrator who does it")
        parser.add_argument("--reason", required=True, help="why, for the record")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor, user = active_user(options["by"]), active_user(options["email"])
        try:
            with acting(actor):
                reset_second_factor(user, reason=options["reason"], actor=actor)
        except Refused as refused:
            raise CommandError(str(refused.why)) from None
        except (PermissionDenied, Http404):
            raise CommandError(gettext("Only somebody who could appoint this person may do that.")) from None
        self.stdout.write(gettext("Removed. The next sign-in needs the password alone."))
