"""`nhipcau manage first_administrator EMAIL NAME --agency NAME`: who can appoint all the others.

Works while nobody can sign in as a system administrator; for one who is there already it makes a new link,
which is also the way back when the only administrator has lost her password.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nhipcau.apps.access.actions import create_user, invite_user
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import appoint, create_organisation
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationVersion

INSTALLER = System("install")


class Command(BaseCommand):
    help = "Make the first system administrator and print a one-time link to set the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("--agency", required=True, help="the lead agency, for example 'Sở Ngoại vụ'")
        parser.add_argument("--abbreviation", default="", help="for example SNV")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with acting(INSTALLER):
                user = self._user(options["email"], options["full_name"])
                if not _administrators().filter(user=user).exists():
                    today = timezone.localdate()
                    agency = _agency(options["agency"], options["abbreviation"])
                    appoint(user, Appointment.Role.SYSTEM_ADMIN, agency, valid_from=today, actor=INSTALLER)
                base = settings.PUBLIC_ADDRESS or "http://127.0.0.1:8000"
                link = invite_user(user, base=base, actor=INSTALLER)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{user.full_name} <{user.email}>: quản trị hệ thống · system administrator\n"
            "Đặt mật khẩu, dùng một lần · to set the password, once:\n"
            f"{link}"
        )

    def _user(self, email: str, full_name: str) -> User:
        known: User | None = User.objects.filter(email=email.strip().lower()).first()
        others = _administrators()
        if known is not None and others.filter(user=known).exists():
            return known
        if others.exists():
            raise CommandError(
                "Đã có quản trị hệ thống; người đó cấp quyền cho người khác trong mục Người dùng. · "
                "There is a system administrator, who appoints others on the page of people."
            )
        return known or create_user(email, full_name, actor=INSTALLER)


def _administrators() -> Any:
    return Appointment.objects.filter(
        role=Appointment.Role.SYSTEM_ADMIN, valid__contains=timezone.localdate(), user__is_active=True
    )


def _agency(name: str, abbreviation: str) -> Organisation:
    """The organisation of that name today, made if there is none."""
    today = timezone.localdate()
    there = OrganisationVersion.objects.working().filter(valid__contains=today)
    version = there.filter(name=name.strip()).first()
    if version is not None:
        return version.organisation
    kind = OrganisationVersion.Kind.DEPARTMENT
    return create_organisation(name, kind, abbreviation=abbreviation, actor=INSTALLER)
