"""A great many tasks, for measuring: like those of a province in its third year, always the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.demo.many_updates import load_updates
from nhipcau.apps.plans.models import DELIVERED, Assignment, Document, DueDate, Role, Status, Task
from nhipcau.core.planreader.task_kinds import likely_kind
from nhipcau.core.text import fold
from nhipcau.core.workdays import end_of

TASKS_A_PLAN = 50
VERBS = ("Rà soát", "Lập danh sách", "Tổ chức", "Xây dựng", "Tổng hợp", "Hướng dẫn", "Tham mưu", "Cung cấp")
OBJECTS = (
    "chuyên gia, trí thức người Lam Giang ở nước ngoài",
    "hội nghị kết nối doanh nghiệp kiều bào",
    "quy chế phối hợp công tác người Việt Nam ở nước ngoài",
    "danh mục dự án mời gọi đầu tư",
    "lớp tiếng Việt trực tuyến cho con em kiều bào",
    "thủ tục hành chính cho thân nhân kiều bào",
    "sản phẩm OCOP vào hệ thống phân phối ở nước ngoài",
    "hồ sơ khen thưởng kiều bào có đóng góp",
)
ENDINGS = (
    "trong năm",
    "theo kế hoạch",
    "gắn với chuyển đổi số",
    "tại các xã, phường",
    "giai đoạn 2027 - 2031",
)


def load_tasks(count: int, coordinator: User) -> int:
    """Add plans until there are `count` tasks; returns how many were added."""
    missing = count - Task.objects.count()
    if missing <= 0:
        return 0
    with act(coordinator, "plans.load_many", Document, permission="create") as entry:
        random = Random(36)  # noqa: S311  # the same tasks each time
        bodies = _bodies()
        plans = _plans(-(-missing // TASKS_A_PLAN), coordinator)
        tasks = [_task(random, plans[index // TASKS_A_PLAN], index, coordinator) for index in range(missing)]
        Task.objects.bulk_create(tasks, batch_size=2000)
        rows = [row for task in tasks for row in _assignments(random, task, bodies)]
        Assignment.objects.bulk_create(rows, batch_size=2000)
        DueDate.objects.bulk_create([_due(task) for task in tasks if task.due_on], batch_size=2000)
        updates = load_updates(random, rows, missing, coordinator)
        note(entry, tasks=missing, updates=updates)
    return missing


def _bodies() -> list[int]:
    kinds = OrganisationVersion.Kind
    today = timezone.localdate()
    rows = OrganisationVersion.objects.working().filter(valid__contains=today)
    rows = rows.exclude(kind=kinds.PEOPLES_COMMITTEE)
    return list(rows.order_by("organisation_id").values_list("organisation_id", flat=True))


def _plans(count: int, coordinator: User) -> list[Document]:
    now, there = timezone.now(), Document.objects.count()
    return Document.objects.bulk_create(
        Document(
            number=f"{1000 + there + index}/KH-UBND",
            title=f"Kế hoạch đo tải số {there + index}",
            title_fold=fold(f"Kế hoạch đo tải số {there + index}"),
            issued_on=date(2024, 1, 5) + timedelta(days=3 * (index % 300)),
            state=Document.State.APPROVED,
            created_by=coordinator,
            approved_by=coordinator,
            approved_at=now,
        )
        for index in range(count)
    )


def _task(random: Random, plan: Document, index: int, coordinator: User) -> Task:
    text = f"{random.choice(VERBS)} {random.choice(OBJECTS)} {random.choice(ENDINGS)}, việc số {index}"
    today = timezone.localdate()
    due = today + timedelta(days=random.randint(-600, 400)) if random.random() < 0.8 else None
    status = random.choices(Status.values, weights=(29, 18, 3, 2, 48))[0]
    done = None
    if status in DELIVERED:
        done = min(today, (due or today) + timedelta(days=random.randint(-30, 15)))
    return Task(
        document=plan,
        position=index % TASKS_A_PLAN,
        path=f"III.{index % 17 + 1}.a",
        text=text,
        text_fold=fold(text),
        quote=text,
        likely_kind=likely_kind(text),
        role=random.choice(Role.values),
        due_on=due,
        status=status,
        done_on=done,
        created_by=coordinator,
    )


def _assignments(random: Random, task: Task, bodies: list[int]) -> list[Assignment]:
    chosen = random.sample(bodies, random.choice((1, 2, 2, 3)))
    return [
        Assignment(
            task=task,
            phrase="",
            role=task.role if number == 0 else Role.COORDINATE,
            partner=number > 0,
            organisation_id=body,
            status=task.status,
            due_on=task.due_on,
            done_on=task.done_on,
        )
        for number, body in enumerate(chosen)
    ]


def _due(task: Task) -> DueDate:
    day = task.due_on.isoformat() if task.due_on else ""
    instant = end_of(task.due_on) if task.due_on else None
    return DueDate(
        task=task, kind="date", value=day, stated_on=task.due_on, due_on=task.due_on, instant=instant
    )
