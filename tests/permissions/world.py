"""One object of every kind that an address can name: of Sở A, of Sở B, of the lead agency, and none."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import URLPattern
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from tests.cast import BEGINNING, Cast, make_organisation
from tests.permissions.world_of_indicators import make_indicators
from tests.permissions.world_of_kinds import make_kinds
from tests.permissions.world_of_registry import make_registry
from tests.permissions.world_of_reports import make_reports

from nhipcau.apps.accounts.models import ApiToken
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.notices.calendars import digest_of
from nhipcau.apps.notices.models import CalendarFeed, DigestChoice, DigestRun, Mail, Notice
from nhipcau.apps.orgs.models import (
    AllotmentRule,
    Appointment,
    Arrival,
    ArrivalRow,
    Deputy,
    FocalPoint,
    Handover,
    HomeProvince,
    Lineage,
    OrganisationSet,
    Restructuring,
    RestructuringStep,
    StepUnit,
)
from nhipcau.apps.plans.models import (
    AgencySteps,
    Assignment,
    Comment,
    Consultation,
    ConsultationAnswer,
    ConsultationDraft,
    Document,
    DraftTask,
    Evidence,
    Extension,
    Following,
    LateEvidence,
    LateReport,
    Obstacle,
    PeriodPart,
    Remark,
    Reminder,
    Role,
    Task,
    TaskPeriod,
    Update,
    Verdict,
)
from nhipcau.apps.reference.models import Abbreviation, CalendarVersion, Country, LawChange

SECRET = "dia-chi-rieng-chi-de-thu-khong-dung-that-43"
MISSING_NUMBER = 999_999_999
TEXT = "Sở Công Thương chủ trì báo cáo trước ngày 30/11."


class Objects(dict[str, dict[str, Any]]):
    """By the key of the table; no part of the world takes a key that another has."""

    def __setitem__(self, key: str, value: dict[str, Any]) -> None:
        assert key not in self, f"{key!r} is there already"
        super().__setitem__(key, value)

    def __ior__(self, others: Any) -> Objects:  # type: ignore[override,misc]
        for key, value in others.items():
            self[key] = value
        return self


@dataclass(slots=True)
class World:
    """`objects` maps a key of the table ("task of A") to the arguments of the address that names it."""

    cast: Cast
    objects: Objects = field(default_factory=Objects)

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
    make_kinds(world)
    make_indicators(world)
    make_reports(world)
    make_registry(world)
    _life(world)
    _people(world)
    _telling(world)
    group = OrganisationSet.objects.create(name="Các sở, ban, ngành", confirmed_at=timezone.now())
    province = make_organisation("Tỉnh Mẫu", "province")
    HomeProvince.objects.create(place=province)
    _restructurings(world)
    _people_at_work(world)
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
    CalendarVersion.objects.create(number=1, title="Ngày nghỉ lễ, tết")
    Country.objects.create(code="LA", name="Lào", name_en="Laos", valid=(None, None), source="ISO 3166-1")
    work = LongWork.objects.create(kind="export", owner=cast.coordinator)
    upload = Upload.objects.create(sha256="0" * 64, size=1, name="a.txt", created_by=cast.coordinator)
    world.objects |= {
        "agency A": {"pk": cast.department_a.pk},
        "group": {"pk": group.pk},
        "province": {"pk": province.pk},
        "law": {"pk": law.pk},
        "coordinator's work": {"pk": work.pk},
        "upload": {"pk": upload.pk},
        "year": {"year": 2026},
        "bad link": {"uidb36": "1", "key": "abc-def"},
    }
    return world


def _restructurings(world: World) -> None:
    cast, today = world.cast, timezone.localdate()
    act = Restructuring.objects.create(
        title="Sắp xếp các sở", effective_on=today, created_by=cast.coordinator
    )
    step = RestructuringStep.objects.create(restructuring=act, position=1, kind="merge")
    StepUnit.objects.create(step=step, side="old", organisation=cast.department_a)
    rule = AllotmentRule.objects.create(
        restructuring=act, position=1, organisation=cast.department_a, by="rest", fate="end"
    )
    Lineage.objects.create(
        predecessor=cast.commune, kind=Lineage.Kind.ABOLISH, effective_on=today, restructuring=act
    )
    more = {"step_pk": step.pk, "kind": "merge", "body": cast.department_a.pk, "rule_pk": rule.pk}
    world.objects["act"] = {"pk": act.pk, **more}
    world.objects["form xlsx"] = {"form": "xlsx"}
    states = (
        ("act to approve", "submitted"),
        ("act that was done", "carried_out"),
        ("act to undo", "undo_asked"),
    )
    for name, state in states:
        other = Restructuring.objects.create(
            title=name,
            effective_on=today,
            state=state,
            created_by=cast.coordinator,
            carried_out_at=timezone.now(),
            undo_asked_by=cast.coordinator if state == "undo_asked" else None,
        )
        world.objects[name] = {"pk": other.pk}


def _people_at_work(world: World) -> None:
    cast, today = world.cast, timezone.localdate()
    for name, state in (("checked", Arrival.State.CHECKED), ("confirmed", Arrival.State.CONFIRMED)):
        upload = Upload.objects.create(sha256=name.ljust(64, "0"), size=1, created_by=cast.coordinator)
        layout = [{"index": 0, "name": "Cơ quan", "kind": "agency", "head": ["Tên cơ quan", "Loại"]}]
        arrival = Arrival.objects.create(
            upload=upload, state=state, day=today, layout=layout, created_by=cast.coordinator
        )
        ArrivalRow.objects.create(arrival=arrival, kind="agency", sheet=0, number=2, finding="known")
        world.objects[f"{name} sheet"] = {"pk": arrival.pk}
    # Long ago: what a deputy may do today is asked elsewhere.
    away = Deputy.objects.create(
        absent=cast.officer,
        deputy=cast.reader,
        valid=(BEGINNING, BEGINNING + timedelta(days=9)),
        reason="Nghỉ phép",
        given_by=cast.officer,
    )
    point = FocalPoint.objects.create(
        organisation=cast.department_a, full_name="Huỳnh Văn An", valid=(BEGINNING, None)
    )
    handover = Handover.objects.create(
        giver=cast.officer, receiver=cast.outsider, why=Handover.Why.MOVES, created_by=cast.officer
    )
    world.objects |= {
        "deputy of officer": {"pk": away.pk},
        "focal point of A": {"pk": point.pk},
        "handover A to B": {"pk": handover.pk},
    }


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
        earlier = _earlier_part(given)
        world.objects[f"earlier part of {name}"] = {"pk": task.pk, "part_pk": earlier.pk}
        late = LateReport.objects.create(part=earlier, text="Đã gửi", created_by=cast.officer)
        paper = Upload.objects.create(sha256=f"late{name}".ljust(64, "0"), size=1, created_by=cast.officer)
        shown = LateEvidence.objects.create(report=late, upload=paper, name="bc.pdf")
        world.objects[f"late evidence of {name}"] = {"pk": shown.pk}
    asked = Consultation.objects.create(
        title="Quy chế", due_on=timezone.localdate(), created_by=cast.coordinator
    )
    sent = Upload.objects.create(sha256="2" * 64, size=1, name="b.txt", created_by=cast.coordinator)
    version = ConsultationDraft.objects.create(
        consultation=asked, number=1, upload=sent, created_by=cast.coordinator
    )
    answer = ConsultationAnswer.objects.create(consultation=asked, organisation=cast.department_a)
    said = Remark.objects.create(answer=answer, draft=version, text="Sửa Điều 2")
    world.objects |= {
        "asked of A": {"pk": asked.pk, "number": MISSING_NUMBER},
        "answer of A": {"pk": answer.pk},
        "remark of A": {"pk": said.pk},
    }
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


def _life(world: World) -> None:
    """What was said of the parts of A and B: sent, returned, stuck, put off, talked about."""
    cast, today = world.cast, timezone.localdate()
    upload = Upload.objects.create(sha256="1" * 64, size=1, name="b.pdf", created_by=cast.officer)
    for name, person in (("A", cast.officer), ("B", cast.outsider)):
        part = Assignment.objects.get(pk=world.objects[f"assignment of {name}"]["pk"])
        sent = Update.objects.create(assignment=part, text="Đã làm", created_by=person)
        Update.objects.create(
            assignment=part, text="Chờ duyệt", state=Update.State.TO_APPROVE, created_by=person
        )
        shown = Evidence.objects.create(update=sent, upload=upload, name="b.pdf")
        for what in (Verdict.What.GIVEN_BACK, Verdict.What.RETURNED):
            Verdict.objects.create(
                update=sent, what=what, reason="Thiếu số liệu", created_by=cast.coordinator
            )
        obstacle = Obstacle.objects.create(
            assignment=part, text="Chưa có kinh phí", escalated_to="UBND tỉnh", raised_by=person
        )
        extension = Extension.objects.create(
            assignment=part,
            old_due_on=today,
            new_due_on=today + timedelta(days=9),
            reason="Chờ số liệu",
            asked_by=person,
        )
        Comment.objects.create(task=part.task, text="Đã rõ", created_by=person)
        Following.objects.create(task=part.task, user=person)
        AgencySteps.objects.create(organisation_id=part.organisation_id)
        world.objects[f"evidence of {name}"] = {"pk": shown.pk}
        world.objects[f"obstacle of {name}"] = {"pk": obstacle.pk}
        world.objects[f"extension of {name}"] = {"pk": extension.pk}


def _earlier_part(given: Assignment) -> PeriodPart:
    """What an agency left undone in a period that is closed."""
    day = timezone.localdate()
    closed = TaskPeriod.objects.create(
        task=given.task,
        number=1,
        stated_on=day,
        due_on=day,
        opened_at=timezone.now(),
        closed_at=timezone.now(),
        closed_as="over",
    )
    return PeriodPart.objects.create(
        period=closed, assignment=given, organisation=given.organisation, role=given.role, status=given.status
    )


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


def _telling(world: World) -> None:
    """A message, a private calendar, a mail that failed."""
    cast = world.cast
    part = world.objects["assignment of A"]["pk"]
    Reminder.objects.create(
        assignment_id=part, channel="zalo", said_on=timezone.localdate(), created_by=cast.coordinator
    )
    notice = Notice.objects.create(recipient=cast.officer, kind="plans.returned", key="returned:1")
    feed = CalendarFeed.objects.create(user=cast.officer, secret_digest=digest_of(SECRET))
    Mail.objects.create(recipient=cast.officer, kind="digest", key="digest:1", state=Mail.State.FAILED)
    DigestChoice.objects.create(user=cast.officer)
    DigestRun.objects.create(day=timezone.localdate())
    world.objects |= {
        "officer's message": {"pk": notice.pk},
        "officer's calendar": {"pk": feed.pk, "secret": SECRET},
        "wrong secret": {"pk": feed.pk, "secret": SECRET[::-1]},
    }


def _people(world: World) -> None:
    cast = world.cast
    for name in ("officer", "second_coordinator", "system_admin", "leaver"):
        user = getattr(cast, name)
        held = Appointment.objects.filter(user=user).first()
        world.objects[f"person {name}"] = {"pk": user.pk, "appointment_pk": held.pk if held else 0}
    program = ApiToken.objects.create(
        user=cast.officer, name="Bảng", start="nc_abc", digest="0" * 64, expires_on=timezone.localdate()
    )
    world.objects["key of officer"] = {"pk": program.pk}
    key = Authenticator.objects.create(
        user=cast.officer,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Khóa", "credential": _credential()},
    )
    world.objects["officer's passkey"] = {"pk": key.pk}
