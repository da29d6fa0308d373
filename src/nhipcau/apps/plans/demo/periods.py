"""A task of the synthetic province that comes again: a quarter done in time, one missed, one that runs."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import Said, accept_report, enter_task, open_next_period, send_update
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.forms.due_words import parse
from nhipcau.apps.plans.models import Document, Task
from nhipcau.core.workdays import end_of

TASK = "Báo cáo tình hình kiều bào đầu tư, kinh doanh trên địa bàn tỉnh"
DONE = "Đã gửi báo cáo quý kèm bảng số liệu các dự án đang hoạt động."


def load_quarterly(coordinator: User, second: User, *, actor: Actor) -> Task:
    """As if it had been given three quarters ago; loading it again changes nothing."""
    known = Task.objects.filter(text=TASK).first()
    if known is not None:
        return known
    task = enter_task(
        TASK,
        [Named("Sở Tài chính", "lead"), Named("Sở Công Thương", "coordinate", partner=True)],
        kind=Document.Kind.LETTER,
        number="212/UBND-NVNONN",
        issued_on=date(timezone.localdate().year, 1, 12),
        quote="Giao Sở Tài chính báo cáo Ủy ban nhân dân tỉnh hằng quý.",
        due=parse("hằng quý"),
        actor=coordinator,
    )
    first = _quarters_ago(2)
    _as_due_on(task, first)
    row = task.assignments.get(partner=False)
    send_update(row, Said(DONE, done=True, done_on=first), actor=coordinator)
    row.refresh_from_db()
    accept_report(row, version=row.version, actor=second)
    while open_next_period(task, actor=actor) is not None:
        pass
    return task


def _quarters_ago(count: int) -> date:
    """The last day of a quarter."""
    today = timezone.localdate()
    months = today.year * 12 + (today.month - 1) // 3 * 3 - 3 * (count - 1)
    return date.fromordinal(date(months // 12, months % 12 + 1, 1).toordinal() - 1)


def _as_due_on(task: Task, day: date) -> None:
    task.due_dates.update(stated_on=day, due_on=day, instant=end_of(day))
    task.periods.update(stated_on=day, due_on=day)
    task.assignments.update(due_on=day)
    task.due_on = day
    task.save(update_fields=["due_on"])
