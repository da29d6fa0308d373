"""What the demo's province lacks so that every kind of page has something to show."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast
from tests.journeys.more_reports import own_reports, reports_of
from tests.permissions.world import _credential as credential

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.orgs.actions import (
    Body,
    Stated,
    add_allotment_rule,
    add_focal_point,
    approve_restructuring,
    ask_undo,
    begin_restructuring,
    confirm_arrival,
    create_organisation,
    give_deputy,
    open_handover,
    preview_restructuring,
    state_step,
    submit_restructuring,
    upload_arrival,
)
from nhipcau.apps.orgs.handing import open_work
from nhipcau.apps.orgs.models import Appointment, OrganisationVersion
from nhipcau.apps.plans.actions import report_period_part, return_period_part, upload_document
from nhipcau.apps.plans.models import (
    Assignment,
    Document,
    DraftTask,
    Extension,
    Obstacle,
    PeriodPart,
    RoundAgency,
    Status,
    Task,
)
from nhipcau.apps.plans.telling import tell_agency, tell_overseers
from nhipcau.apps.registry.actions import (
    acknowledge_request,
    grant_request,
    make_copy,
    receive_request,
    record_consent,
    restrict_person,
    upload_intake,
    verify_person,
    write_consent_text,
)
from nhipcau.apps.registry.demo.people import load_people
from nhipcau.apps.registry.models import Person, RunningSource

OFFICER = "khcn@lamgiang.example.vn"
COORDINATOR = "dieuphoi@lamgiang.example.vn"
LEADER = "lanhdao@lamgiang.example.vn"
KEEPER = "congthuong@lamgiang.example.vn"
SECRET = "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n\nTỐI MẬT\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nVề việc không có thật\n"
AMENDMENT = """ỦY BAN NHÂN DÂN
TỈNH LAM GIANG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 99/KH-UBND
Lam Giang, ngày 10 tháng 6 năm 2026

KẾ HOẠCH
Sửa đổi, bổ sung Kế hoạch công tác người Việt Nam ở nước ngoài năm 2026

II. TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ
a) Tổ chức gặp mặt kiều bào dịp Tết Nguyên đán Bính Ngọ; hoàn thành trước ngày 15/02/2026.
b) Xây dựng chuyên trang tiếng Anh dành cho kiều bào trẻ trước ngày 30/9/2026.
2. Công an tỉnh
a) Hướng dẫn thủ tục cư trú, xuất nhập cảnh cho kiều bào bằng tài liệu song ngữ; hoàn thành trước 30/11/2026.
"""


@dataclass(frozen=True, slots=True)
class More:
    """Addresses that no link leads to, by who is to open them; "" is nobody."""

    addresses: dict[str, list[str]]


def make_province(cast: Cast, settings: Any) -> More:
    """The demo's province, and beside it the cast and what the demo has none of."""
    settings.JOBS_INLINE = True
    call_command("load_demo", stdout=io.StringIO())
    call_command("load_demo_reports", stdout=io.StringIO())
    return load_more(cast)


def load_more(cast: Cast) -> More:
    """A refused file, one being read, an amendment, and a passkey and codes of the cast's officer."""
    coordinator = User.objects.get(email=COORDINATOR)
    with acting(coordinator):
        refused = upload_document(io.BytesIO(SECRET.encode()), "mat.txt", actor=coordinator)
        plan = Document.objects.filter(state=Document.State.APPROVED, kind=Document.Kind.PLAN).first()
        amended = upload_document(
            io.BytesIO(AMENDMENT.encode()), "sua-doi.txt", actor=coordinator, amends=plan
        )
        waiting = Document.objects.create(created_by=coordinator)
        empty = Document.objects.create(created_by=coordinator, state=Document.State.DRAFT)
    draft = DraftTask.objects.filter(document__state=Document.State.DRAFT).order_by("pk").first()
    assert refused.state == Document.State.REFUSED
    assert amended.state == Document.State.DRAFT
    assert draft is not None
    Authenticator.objects.create(
        user=cast.officer,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Khóa", "credential": credential()},
    )
    RecoveryCodes.activate(cast.officer)
    _told(coordinator)
    _people(coordinator)
    with acting(coordinator):
        load_people(coordinator)
        _lists_of_people(coordinator)
        consenting = _rights(coordinator)
    acts = _restructurings(coordinator, User.objects.get(email=LEADER))
    sent = RoundAgency.objects.filter(sent_at__isnull=False).values_list("pk", flat=True).first()
    keys = "/accounts/password/reset/key"
    return More(
        {
            "": [f"{keys}/1-abc-def/", f"{keys}/done/"],
            COORDINATOR: [
                *acts,
                *reports_of(coordinator),
                consenting,
                # Led to when there are such persons.
                reverse("registry:clusters"),
                # One with a goal and a source, one with a draft.
                "/indicators/lop-boi-duong/",
                "/indicators/su-kien/",
                f"/plans/{refused.pk}/reading/",
                f"/plans/{waiting.pk}/reading/",
                f"/plans/{amended.pk}/desk/",
                f"/plans/{amended.pk}/approve/",
                f"/plans/{empty.pk}/desk/",
                f"/plans/{draft.document_id}/drafts/{draft.pk}/split/",
                f"/money/agencies/{sent}/",
                *_held_up(),
                reverse("orgs:handover_new"),
                "/search/?q=chuyen+gia",
                "/search/?q=khongcogi",
            ],
            KEEPER: _kept_by(User.objects.get(email=KEEPER)),
            "officer": [
                "/accounts/2fa/passkeys/",
                "/accounts/2fa/recovery-codes/generate/",
                "/accounts/2fa/totp/activate/",
                "/accounts/logout/",
                # Offered where a search finds nobody.
                reverse("registry:lookup_new"),
            ],
        }
    )


def _held_up() -> list[str]:
    """What stands in the way of tasks further down the list, with what can be done about it."""
    waits, other = Obstacle.objects.undecided().earliest("pk"), Obstacle.objects.filter(escalated_to="")
    asked, part = Extension.objects.earliest("pk"), waits.assignment
    return [
        f"/tasks/{part.task_id}/",
        f"/tasks/{part.task_id}/target/",
        f"/tasks/obstacles/{waits.pk}/decide/",
        f"/tasks/obstacles/{waits.pk}/clear/",
        f"/tasks/obstacles/{other.earliest('pk').pk}/escalate/",
        f"/tasks/extensions/{asked.pk}/",
        f"/tasks/roles/{part.pk}/obstacle/",
        f"/tasks/roles/{asked.assignment_id}/extension/",
    ]


def _kept_by(officer: User) -> list[str]:
    """Where an officer writes: a record of a task of a kind, the lines of estimates that are not sent."""
    own = officer.appointments.values("organisation")
    course = Task.objects.exclude(kind="").filter(assignments__organisation__in=own).earliest("pk")
    asked = RoundAgency.objects.missing().filter(organisation__in=own).earliest("pk")
    return [
        reverse("plans:record_new", args=[course.pk]),
        reverse("plans:asked_lines", args=[asked.pk]),
        *_late(officer),
        *own_reports(officer),
    ]


def _late(officer: User) -> list[str]:
    """Work of a closed period: what was sent late came back, and is to be sent again."""
    own = officer.appointments.values("organisation")
    left = PeriodPart.objects.filter(organisation__in=own, period__closed_at__isnull=False)
    part = left.exclude(status=Status.ACCEPTED).earliest("pk")
    coordinator = User.objects.get(email=COORDINATOR)
    with acting(officer):
        report_period_part(part, "Đã gửi báo cáo quý, chưa kèm số liệu.", actor=officer)
    with acting(coordinator):
        return_period_part(part.reports.get(), reason="Thiếu bảng số liệu", actor=coordinator)
    return [
        reverse("plans:period_report", args=[part.period.task_id, part.pk]),
        reverse("plans:task", args=[part.period.task_id]),
    ]


LIST_OF_PEOPLE = (
    "Họ và tên;Ngày sinh;Nước định cư;Tôn giáo\nNGUYỄN THỊ HOA;12.3.70;Mỹ;x\nLê Văn 12;31/02/1970;Atlantis;\n"
)
UNTOLD_LIST = "a;b;c\nx1;y1;z1\nx2;y2;z2\n"
PEOPLE = """Họ và tên;Thư điện tử;Vai trò;Cơ quan;Từ ngày
Lý Thị Mới;moi@lamgiang.example.vn;chuyên viên;Sở Khoa học và Công nghệ;01/01/2026
Phạm Quốc Khác;khcn@lamgiang.example.vn;người xem;Sở Khoa học và Công nghệ;
;sai;vua;Sở Không Có;32/1/2026
"""


def _restructurings(coordinator: User, leader: User) -> list[str]:
    """A division that waits for its allotment, one with faults, one that was carried out."""
    day, page = timezone.localdate() - timedelta(days=3), "/organisations/restructurings"
    known = OrganisationVersion.objects.filter(kind="department", valid__contains=day)
    bodies = [Body(organisation=version.organisation_id) for version in known.order_by("pk")[:2]]
    with acting(coordinator):
        old = [
            Body(organisation=create_organisation(name, "unit", actor=coordinator).pk)
            for name in ("Trung tâm Một", "Trung tâm Hai")
        ]
        news = [Body(name=name, kind="department") for name in ("Sở Mới Một", "Sở Mới Hai")]
        divided = begin_restructuring("Chia một sở", effective_on=day, actor=coordinator)
        state_step(divided, Stated("split", bodies[:1], news), actor=coordinator)
        unit = divided.steps.get().units.filter(side="new").first()
        add_allotment_rule(
            divided,
            bodies[0].organisation or 0,
            "words",
            value="kiều bào",
            fate="give",
            unit=unit,
            actor=coordinator,
        )
        preview_restructuring(divided, actor=coordinator)
        faulty = begin_restructuring("Phương án có lỗi", effective_on=day, actor=coordinator)
        state_step(faulty, Stated("merge", bodies[:1], bodies[:1]), actor=coordinator)
        preview_restructuring(faulty, actor=coordinator)
        done = begin_restructuring("Hợp nhất hai trung tâm", effective_on=day, actor=coordinator)
        merger = Stated("merge", old, [Body(name="Trung tâm Chung", kind="unit")])
        state_step(done, merger, actor=coordinator)
        done = preview_restructuring(done, actor=coordinator)
        done = submit_restructuring(done, revision=done.revision, actor=coordinator)
        third = Body(organisation=create_organisation("Trung tâm Ba", "unit", actor=coordinator).pk)
        wanted = begin_restructuring("Đổi tên trung tâm", effective_on=day, actor=coordinator)
        state_step(
            wanted, Stated("merge", [third], [Body(name="Trung tâm Bốn", kind="unit")]), actor=coordinator
        )
        wanted = preview_restructuring(wanted, actor=coordinator)
        wanted = submit_restructuring(wanted, revision=wanted.revision, actor=coordinator)
    with acting(leader):
        approve_restructuring(done, revision=done.revision, actor=leader)
        approve_restructuring(wanted, revision=wanted.revision, actor=leader)
    with acting(coordinator):
        wanted.refresh_from_db()
        ask_undo(wanted, reason="Nhầm nghị quyết", actor=coordinator)
    return [
        f"{page}/{wanted.pk}/",
        f"{page}/{divided.pk}/allotment/",
        f"{page}/{divided.pk}/steps/split/",
        f"{page}/{divided.pk}/sheet/",
        f"{page}/{divided.pk}/edit/",
        f"{page}/{faulty.pk}/",
        f"{page}/{done.pk}/undo/",
        f"{page}/{done.pk}/",
    ]


def _lists_of_people(coordinator: User) -> None:
    """One that is checked, with good and bad rows, and one whose columns nobody has told."""
    body = coordinator.appointments.order_by("pk")[0].organisation
    source = RunningSource.objects.order_by("pk")[0]
    for number, text in enumerate((LIST_OF_PEOPLE, UNTOLD_LIST)):
        file = io.BytesIO(text.encode())
        upload_intake(file, f"kieu-bao-{number}.csv", sender=body, source=source, actor=coordinator)


def _people(coordinator: User) -> None:
    """Sheets that wait, are entered, could not be read; a deputy to come, focal points, a handover."""
    officer, today = User.objects.get(email=OFFICER), timezone.localdate()
    agency = Appointment.objects.get(user=officer, role="officer").organisation
    successor = User.objects.create_user("kenhiem@lamgiang.example.vn", "Trịnh Thị Kế")
    Appointment.objects.create(user=successor, role="officer", organisation=agency, valid=(today, None))
    given = Assignment.objects.filter(organisation=agency, ended_at=None, task__ended_at=None)
    given.exclude(status=Assignment.Status.ACCEPTED).update(specialist=officer)
    with acting(coordinator):
        for number, text in enumerate((PEOPLE, PEOPLE.replace("moi@", "hai@"), "a;b\n1;2\n")):
            arrival = upload_arrival(io.BytesIO(text.encode()), f"nguoi-{number}.csv", actor=coordinator)
            if number == 1:
                confirm_arrival(arrival, actor=coordinator)
        days = {"first_day": today + timedelta(days=9), "last_day": today + timedelta(days=12)}
        give_deputy(officer, successor, **days, reason="Nghỉ phép", actor=coordinator)
        reached = {"phone": "0275 3 822 100", "matter": "Tiếp nhận kế hoạch"}
        add_focal_point(agency, full_name="Lê Thị Gọi", first_day=today, actor=coordinator, **reached)
    with acting(officer):
        keys = [item.key for item in open_work(officer)][:1]
        open_handover(officer, successor, keys, why="moves", actor=officer)


def _rights(coordinator: User) -> str:
    """A request at each step; one who is restricted; gives the page of a person who agreed to something."""
    today = timezone.localdate()
    people = list(Person.objects.visible_to(coordinator).standing().order_by("-pk")[:5])
    values = {
        "asked_by": "person",
        "asker": "Nguyễn Thị Hoa",
        "contact": "hoa@example.com",
        "identity": "paper",
        "channel": "email",
    }
    rights = ("see", "copy", "erase", "withdraw")
    made = [
        receive_request(values, right=right, received_on=today, person=person, actor=coordinator)
        for right, person in zip(rights, people, strict=False)
    ]
    receive_request(
        values | {"about": "Nguyễn Hoa"}, right="correct", received_on=today, person=None, actor=coordinator
    )
    for request in made[1:]:
        acknowledge_request(request, on=today, actor=coordinator)
        grant_request(request, actor=coordinator)
    make_copy(made[1], actor=coordinator)
    text = write_consent_text(
        purpose="contact",
        text_vi="Tôi đồng ý nhận thư mời.",
        text_en="I agree to be invited.",
        in_use_from=today,
        actor=coordinator,
    )
    given = {"given_on": today, "by": "person", "how": "paper", "proof": "Hồ sơ 12"}
    record_consent(people[3], text, given, actor=coordinator)
    verify_person(people[3], by="relative", on=today, evidence="Gọi điện", actor=coordinator)
    restrict_person(people[4], reason="Theo yêu cầu", actor=coordinator)
    return reverse("registry:person", args=[people[3].pk])


def _told(coordinator: User) -> None:
    """Messages for an agency and for those who oversee; mails that were refused or are unclear."""
    agency = User.objects.get(email=OFFICER)
    given = Assignment.objects.filter(
        organisation__appointments__user=agency, ended_at=None, task__ended_at=None
    ).first()
    assert given is not None
    with acting(coordinator):
        tell_agency(given, "plans.returned", key="r", actor=coordinator, reason="thiếu số liệu")
        tell_agency(given, "plans.accepted", key="a", actor=coordinator)
        tell_overseers(given, "plans.stuck", key="s", actor=System("seed"), reason="chưa có kinh phí")
        for state in (Mail.State.UNCLEAR, Mail.State.FAILED, Mail.State.SENT):
            Mail.objects.create(recipient=agency, kind="digest", key=state, state=state, cause="TimeoutError")
