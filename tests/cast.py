"""The standing cast: the same people, with the same organisations and roles, in every test."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.test import Client
from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationVersion, realm_of

PASSWORD = "cầu tre lắc lẻo 36"
BEGINNING = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """`officer` is of Sở A, `outsider` of Sở B, `commune_officer` of a commune, others at the lead agency."""

    lead_agency: Organisation
    department_a: Organisation
    department_b: Organisation
    commune: Organisation
    system_admin: User
    coordinator: User
    second_coordinator: User
    leader: User
    officer: User
    outsider: User
    commune_officer: User
    reader: User
    leaver: User

    def people(self) -> dict[str, User]:
        """Name in the cast → user."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, User)}


PEOPLE = tuple(field.name for field in fields(Cast) if field.type == "User")


class SignedIn:
    """Makes clients that are signed in already."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __call__(self, name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(
                getattr(self.cast, name), backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        return client


def make_organisation(name: str, kind: str, abbreviation: str = "") -> Organisation:
    organisation = Organisation.objects.create(realm=realm_of(kind))
    OrganisationVersion.objects.create(
        organisation=organisation, name=name, abbreviation=abbreviation, kind=kind, valid=(BEGINNING, None)
    )
    return organisation


def make_user(name: str, full_name: str) -> User:
    return User.objects.create_user(f"{name}@example.vn", full_name, PASSWORD)


def appoint(user: User, role: str, organisation: Organisation) -> Appointment:
    return Appointment.objects.create(
        user=user, role=role, organisation=organisation, valid=(BEGINNING, None)
    )


def make_cast() -> Cast:
    """Create everyone; about forty inserts."""
    kinds = OrganisationVersion.Kind
    lead = make_organisation("Sở Ngoại vụ tỉnh Mẫu", kinds.DEPARTMENT, "SNgV")
    a = make_organisation("Sở Công Thương tỉnh Mẫu", kinds.DEPARTMENT, "SCT")
    b = make_organisation("Sở Tài chính tỉnh Mẫu", kinds.DEPARTMENT, "STC")
    commune = make_organisation("Xã Cầu Ngang", kinds.COMMUNE)
    people = {
        "system_admin": ("Lê Văn Quản", "system_admin", lead),
        "coordinator": ("Nguyễn Thị Điều Phối", "coordinator", lead),
        "second_coordinator": ("Trần Văn Phối", "coordinator", lead),
        "leader": ("Phạm Thị Lãnh", "leader", lead),
        "officer": ("Huỳnh Văn An", "officer", a),
        "outsider": ("Võ Thị Bình", "officer", b),
        "commune_officer": ("Phan Văn Xã", "commune_officer", commune),
        "reader": ("Đặng Thị Đọc", "reader", lead),
        "leaver": ("Bùi Văn Nghỉ", "officer", a),
    }
    users = {name: make_user(name, full_name) for name, (full_name, _role, _org) in people.items()}
    for name, (_full_name, role, organisation) in people.items():
        appoint(users[name], role, organisation)
    leaver = users["leaver"]
    leaver.is_active, leaver.locked_at, leaver.locked_reason = False, timezone.now(), "Nghỉ hưu"
    leaver.save()
    return Cast(lead_agency=lead, department_a=a, department_b=b, commune=commune, **users)
