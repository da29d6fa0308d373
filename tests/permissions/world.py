"""One object of every kind that an address can name: of Sở A, of Sở B, of the lead agency, and none."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import URLPattern
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from tests.cast import Cast

from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.orgs.models import Appointment, OrganisationSet
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, Role, Task
from nhipcau.apps.reference.models import Abbreviation, LawChange

MISSING_NUMBER = 999_999_999
TEXT = "Sở Công Thương chủ trì báo cáo trước ngày 30/11."


@dataclass(slots=True)
class World:
    """`objects` maps a key of the table ("task of A") to the arguments of the address that names it."""

    cast: Cast
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, key: str, pattern: URLPattern) -> dict[str, Any]:
        """Of an object, of nothing ("-"), or of one that does not exist ("missing")."""
        if key == "-":
            return {}
        if key == "missing":
            converters = pattern.pattern.converters
            return {name: _missing(converters.get(name)) for name in pattern.pattern.regex.groupindex}
        wanted = pattern.pattern.regex.groupindex
        return {name: value for name, value in self.objects[key].items() if name in wanted}


def _missing(converter: object) -> object:
    kind = type(converter).__name__
    return {"IntConverter": MISSING_NUMBER, "UUIDConverter": uuid.UUID(int=1)}.get(kind, "zz")


def make_world(cast: Cast) -> World:
    """About thirty inserts."""
    world = World(cast)
    _plans(world)
    _people(world)
    group = OrganisationSet.objects.create(name="Các sở, ban, ngành", confirmed_at=timezone.now())
    law = LawChange.objects.create(
        number="13/2023/NĐ-CP",
        number_key="13/2023/nđ-cp",
        effect=LawChange.Effect.REPLACED,
        successor="356/2025/NĐ-CP",
        effective_on=timezone.localdate(),
        source="Công báo",
    )
    Abbreviation.objects.create(
        text="KH&ĐT", expansion="Kế hoạch và Đầu tư", valid=(None, None), source="Nghị định 30/2020/NĐ-CP"
    )
    work = LongWork.objects.create(kind="export", owner=cast.coordinator)
    upload = Upload.objects.create(sha256="0" * 64, size=1, name="a.txt", created_by=cast.coordinator)
    world.objects |= {
        "agency A": {"pk": cast.department_a.pk},
        "group": {"pk": group.pk},
        "law": {"pk": law.pk},
        "coordinator's work": {"pk": work.pk},
        "upload": {"pk": upload.pk},
        "bad link": {"uidb36": "1", "key": "abc-def"},
    }
    return world


def _plans(world: World) -> None:
    cast = world.cast
    draft = Document.objects.create(
        title="Kế hoạch năm", state=Document.State.DRAFT, created_by=cast.coordinator, reading={"text": TEXT}
    )
    made = DraftTask.objects.create(
        document=draft, position=10, text=TEXT, span_start=0, span_end=len(TEXT), role=Role.LEAD
    )
    # Drafts freeze with their document, so this one is approved after everything is in place.
    approved = Document.objects.create(
        title="Kế hoạch cũ", state=Document.State.DRAFT, created_by=cast.coordinator, reading={"text": TEXT}
    )
    reading = Document.objects.create(title="Đang đọc", created_by=cast.coordinator)
    for name, agency in (("A", cast.department_a), ("B", cast.department_b)):
        task = Task.objects.create(document=approved, text=f"Việc của {name}", created_by=cast.coordinator)
        given = Assignment.objects.create(
            task=task, organisation=agency, role=Role.LEAD, phrase="Sở Công Thương"
        )
        world.objects[f"task of {name}"] = {"pk": task.pk}
        world.objects[f"assignment of {name}"] = {"pk": given.pk}
    approved.state, approved.approved_at, approved.approved_by = (
        Document.State.APPROVED,
        timezone.now(),
        cast.coordinator,
    )
    approved.save()
    world.objects |= {
        "draft": {"pk": draft.pk, "draft_pk": made.pk},
        "approved": {"pk": approved.pk, "draft_pk": made.pk},
        "being read": {"pk": reading.pk, "draft_pk": made.pk},
        "draft, other's task": {"pk": draft.pk, "draft_pk": MISSING_NUMBER},
    }


def _credential() -> dict[str, Any]:
    """What a browser sends when a passkey is made, of a key that nobody keeps."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(bytes(16), b"khoa", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(sha256(b"testserver"), flags, 0, held)
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    return {
        "id": websafe_encode(b"khoa"),
        "rawId": websafe_encode(b"khoa"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
        },
        "clientExtensionResults": {},
    }


def _people(world: World) -> None:
    cast = world.cast
    for name in ("officer", "second_coordinator", "system_admin", "leaver"):
        user = getattr(cast, name)
        held = Appointment.objects.filter(user=user).first()
        world.objects[f"person {name}"] = {"pk": user.pk, "appointment_pk": held.pk if held else 0}
    key = Authenticator.objects.create(
        user=cast.officer,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Khóa", "credential": _credential()},
    )
    world.objects["officer's passkey"] = {"pk": key.pk}
