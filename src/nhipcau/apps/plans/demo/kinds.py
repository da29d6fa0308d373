"""Courses, reviews, an inspection, units' own plans and estimates of the synthetic province."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.plans.actions import (
    add_finding,
    add_record,
    enter_amounts,
    enter_own_plan,
    enter_own_task,
    enter_task,
    fill_estimates,
    open_round,
    send_estimates,
    set_kind,
    state_own_plan_duty,
)
from nhipcau.apps.plans.actions.enter_amounts import Given
from nhipcau.apps.plans.actions.enter_own_plan import Issued
from nhipcau.apps.plans.actions.fill_estimates import Entered
from nhipcau.apps.plans.actions.keep_record import Kept, Paper
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.estimating import Stage
from nhipcau.apps.plans.models import (
    Assignment,
    Document,
    EstimateLine,
    EstimateRound,
    Inspection,
    Kind,
    OwnPlanDuty,
    Role,
    RoundAgency,
    Task,
)
from nhipcau.apps.plans.records import Unit

ORDER = "Các cơ quan, đơn vị xây dựng kế hoạch thực hiện trước ngày 28/02/2026"
LETTER = "1190/UBND-VX"
TASKS: tuple[tuple[str, str, str], ...] = (
    (Kind.COURSE, "Tổ chức tập huấn nghiệp vụ công tác kiều bào cho công chức cấp xã", "Sở Công Thương"),
    (
        Kind.LAW,
        "Rà soát, kiến nghị sửa đổi các văn bản quy phạm pháp luật về thu hút chuyên gia kiều bào",
        "Sở Khoa học và Công nghệ",
    ),
    (
        Kind.INSPECTION,
        "Tổ chức đoàn kiểm tra việc tiếp nhận, hỗ trợ kiều bào tại các xã, phường",
        "Sở Khoa học và Công nghệ",
    ),
)


def load_kinds(people: dict[str, User]) -> None:
    """Tasks of three kinds with what was done of them. Twice is once. `people` by the name of their mail."""
    coordinator = people["dieuphoi"]
    if Task.objects.filter(document__number=LETTER).exists():
        return
    made = [_task(kind, text, agency, coordinator) for kind, text, agency in TASKS]
    _course(made[0], people["congthuong"])
    _review(made[1], people["khcn"])
    _inspection(made[2], people["khcn"])


def _task(kind: str, text: str, agency: str, coordinator: User) -> Task:
    task = enter_task(
        text,
        [Named(agency, Role.LEAD)],
        actor=coordinator,
        kind=Document.Kind.LETTER,
        number=LETTER,
        issued_on=date(2026, 3, 2),
        title="Giao một số nhiệm vụ công tác kiều bào",
        due_on=date(2026, 12, 20),
    )
    return set_kind(task, kind, actor=coordinator)


def _body(name: str) -> Organisation:
    return OrganisationVersion.objects.get(name=name, valid__contains=timezone.localdate()).organisation


def _course(task: Task, officer: User) -> None:
    fields = {
        "topic": "Nghiệp vụ công tác kiều bào cho công chức cấp xã, đợt 1",
        "day": date(2026, 5, 12),
        "last_day": date(2026, 5, 13),
        "place": "Trường Chính trị tỉnh",
        "days": 2,
        "taught_by": "Học viện Ngoại giao",
    }
    units = [Unit("SKHCN", 4), Unit("Xã Cầu Mây", 3), Unit("Các xã còn lại", 71)]
    add_record(task, _body("Sở Công Thương").pk, Kept(fields, units), actor=officer)


def _review(task: Task, officer: User) -> None:
    body = _body("Sở Khoa học và Công nghệ").pk
    sent = {
        "addressee": "Bộ Khoa học và Công nghệ",
        "sent_number": "214/SKHCN-QLKH",
        "day": date(2026, 4, 20),
    }
    first = {
        "topic": "Quy định mức chi thuê chuyên gia nước ngoài (mẫu)",
        "number": "00/2019/TT-MAU",
        "found": "Mức chi đã lạc hậu, chưa tính chuyên gia làm việc trực tuyến.",
        "proposal": "amend",
        "proposal_text": "Bổ sung hình thức làm việc trực tuyến.",
        "sent_on": date(2026, 5, 4),
        "result": "partly",
        "result_on": date(2026, 8, 18),
        **sent,
    }
    second = {"topic": "Quy chế tiếp nhận chuyên gia (mẫu)", "proposal": "keep", "day": date(2026, 4, 22)}
    for fields in (first, second):
        add_record(task, body, Kept(fields), actor=officer)


def _inspection(task: Task, officer: User) -> None:
    papers = [
        Paper("plan", "31/KH-SKHCN", date(2026, 9, 3)),
        Paper("minutes", "08/BB-SKHCN", date(2026, 10, 15)),
    ]
    fields = {"topic": "Kiểm tra tại xã Cầu Mây", "day": date(2026, 10, 14), "place": "Xã Cầu Mây"}
    visit = add_record(
        task,
        _body("Sở Khoa học và Công nghệ").pk,
        Kept(fields, [Unit("Xã Cầu Mây")], papers),
        actor=officer,
    )
    if isinstance(visit, Inspection):
        body = visit.units.get().organisation_id
        text = "Lập sổ theo dõi kiều bào về thăm thân trên địa bàn xã"
        add_finding(visit, text, organisation=body, due_on=date(2026, 12, 31), actor=officer)


def load_own_plans(plan: Document, people: dict[str, User]) -> None:
    """Those that the plan names issue plans of their own; the officers' agencies have."""
    coordinator = people["dieuphoi"]
    if OwnPlanDuty.objects.filter(document=plan).exists():
        return
    duty = state_own_plan_duty(plan, due_on=date(2026, 2, 28), phrase=ORDER, actor=coordinator)
    officers = {"khcn": date(2026, 2, 12), "congthuong": date(2026, 3, 9)}
    for name, day in officers.items():
        bodies = people[name].appointments.values_list("organisation_id", flat=True)
        own = duty.units.filter(organisation__in=bodies).first()
        if own is None:
            continue
        enter_own_plan(own, Issued(f"{day.day:02d}/KH-{name.upper()}", day), actor=people[name])
        parent = plan.tasks.filter(assignments__organisation=own.organisation_id).order_by("position").first()
        if name == "khcn":
            text = "Mời chuyên gia kiều bào dự hội thảo của sở"
            enter_own_task(own, text, parent=parent, actor=people[name])


def load_estimates(people: dict[str, User]) -> None:
    """Next year's round: one agency has sent and is appraised in part, one is writing, others are missing."""
    year = timezone.localdate().year + 1
    if EstimateRound.objects.filter(year=year).exists():
        return
    charged = Assignment.objects.filter(
        ended_at=None, partner=False, organisation__isnull=False, task__ended_at=None
    )
    opened = open_round(
        year,
        send_by=timezone.localdate() + timedelta(days=12),
        finance=_body("Sở Tài chính"),
        agencies={pk for pk in charged.values_list("organisation_id", flat=True) if pk},
        words="Áp dụng định mức chi hội nghị, tập huấn hiện hành; ghi rõ nguồn xã hội hóa nếu có.",
        actor=people["dieuphoi"],
    )
    _lines(opened, "Sở Khoa học và Công nghệ", people["khcn"], send=True)
    _lines(opened, "Sở Công Thương", people["congthuong"], send=False)
    _judge(opened, people)


def _lines(opened: EstimateRound, agency: str, officer: User, *, send: bool) -> None:
    asked = opened.agencies.filter(organisation=_body(agency)).first()
    if asked is None:
        return
    tasks = Task.objects.current().of([asked.organisation_id]).order_by("pk")[:2]
    rows = [
        ("Thuê hội trường", "buổi", Decimal(2), 4_500_000, EstimateLine.Source.PROVINCE),
        ("Chi đi lại, ăn ở cho chuyên gia", "người", Decimal(6), 7_250_000, EstimateLine.Source.PROVINCE),
        ("In tài liệu", "bộ", Decimal(120), 35_000, EstimateLine.Source.SOCIAL),
    ]
    lines = [
        Entered(task.pk, content, unit, quantity, norm, source)
        for number, task in enumerate(tasks)
        for content, unit, quantity, norm, source in rows[number:]
    ]
    if lines:
        fill_estimates(asked, lines, version=0, actor=officer)
    if lines and send:
        asked.refresh_from_db()
        send_estimates(asked, actor=officer)


def _judge(opened: EstimateRound, people: dict[str, User]) -> None:
    """The lead agency's view of all lines; two appraised, one of them cut to nothing."""
    asked = RoundAgency.objects.filter(round=opened, sent_at__isnull=False).first()
    if asked is None:
        return
    today = timezone.localdate()
    lines = list(EstimateLine.objects.filter(estimate__asked=asked, ended_at=None))
    view = {line.pk: Given(line.amount) for line in lines}
    enter_amounts(asked, Stage.ADVISED, view, decided_on=today, actor=people["dieuphoi"])
    judged = {
        lines[0].pk: Given(lines[0].amount),
        lines[-1].pk: Given(0, "Đề nghị dùng nguồn xã hội hóa"),
    }
    enter_amounts(asked, Stage.APPRAISED, judged, decided_on=today, actor=people["taichinh"])
