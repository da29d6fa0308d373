"""What has happened in the synthetic province: a plan carried out in part, a plan under review, a task by
hand.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import (
    Said,
    accept_draft,
    accept_report,
    approve_document,
    enter_task,
    send_update,
    upload_document,
)
from nhipcau.apps.plans.demo.shelf import APPROVED_PLAN, DRAFT_PLAN, document
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, Task

# Days after its due date on which a task of the approved plan was done; None: begun, not done; absent:
# not begun.
PROGRESS: dict[str, int | None] = {
    "II.1.a": -3,
    "II.1.b": 12,
    "II.1.c": None,
    "II.2.a": 6,
    "II.2.b": -1,
    "II.2.c": None,
    "II.3.a": -9,
    "II.4.a": -2,
    "II.5.a": 21,
}
BEGUN = "Đã lập tổ công tác và gửi văn bản lấy số liệu các đơn vị; đang tổng hợp."
FINISHED = "Đã hoàn thành và gửi văn bản báo cáo kết quả kèm danh sách."
ACCEPTED = 22
NOTE = "Thông báo kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp về chuyên gia kiều bào"
TASK = "Báo cáo Ủy ban nhân dân tỉnh danh sách chuyên gia kiều bào có thể mời dự hội nghị khoa học đầu năm"


def load_approved_plan(coordinator: User, second: User) -> Document:
    """Last year's plan, read, approved and carried out in part."""
    plan = upload_document(io.BytesIO(document(APPROVED_PLAN)), APPROVED_PLAN, actor=coordinator)
    if plan.state == Document.State.DRAFT:
        plan = approve_document(plan, revision=plan.revision, actor=coordinator)
        for assignment in Assignment.objects.filter(task__document=plan).select_related("task"):
            _carry_out(assignment, coordinator, second)
    return plan


def _carry_out(assignment: Assignment, coordinator: User, second: User) -> None:
    task, today = assignment.task, timezone.localdate()
    if task.path not in PROGRESS or assignment.organisation_id is None or assignment.partner:
        return
    after = PROGRESS[task.path]
    if after is None or task.due_on is None:
        send_update(assignment, Said(BEGUN, percent=40), actor=coordinator)
        return
    day = min(task.due_on + timedelta(days=after), today)
    send_update(assignment, Said(FINISHED, done=True, done_on=day), actor=coordinator)
    assignment.refresh_from_db()
    accept_report(assignment, version=assignment.version, actor=second)


def load_draft_plan(coordinator: User) -> Document:
    """The plan that waits for review; the first tasks are accepted."""
    plan = upload_document(io.BytesIO(document(DRAFT_PLAN)), DRAFT_PLAN, actor=coordinator)
    if plan.state == Document.State.DRAFT and plan.revision == 0:
        sure = [draft for draft in DraftTask.objects.filter(document=plan) if not draft.doubts]
        for draft in sure[:ACCEPTED]:
            accept_draft(draft, version=draft.version, actor=coordinator)
        plan.refresh_from_db()
    return plan


def load_task_by_hand(coordinator: User) -> Task:
    """A task from a conclusion."""
    known = Task.objects.filter(text=TASK).first()
    return known or enter_task(
        TASK,
        [Named("Sở Khoa học và Công nghệ", "lead"), Named("Trường ĐH Lam Giang", "coordinate", partner=True)],
        kind=Document.Kind.CONCLUSION,
        number="55/TB-UBND",
        issued_on=date(2026, 11, 2),
        title=NOTE,
        quote="Giao Sở Khoa học và Công nghệ báo cáo danh sách chuyên gia kiều bào trước ngày 15/12/2026.",
        due_on=date(2026, 12, 14),
        actor=coordinator,
    )
