"""What agencies said of a great many tasks, for measuring: three updates for four tasks, some returned, some
stuck, some put off.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Extension, Obstacle, Status, Update, Verdict

SHARE = 0.75
TEXT = "Đã làm việc với các đơn vị, tổng hợp số liệu đợt {}; tiếp tục đôn đốc các đơn vị chưa gửi."


def load_updates(random: Random, rows: Sequence[Assignment], tasks: int, user: User) -> int:
    """Rows in bulk for assignments that were begun; returns how many updates."""
    begun = [row for row in rows if row.status != Status.NOT_BEGUN and not row.partner]
    chosen = [random.choice(begun) for _number in range(int(tasks * SHARE))] if begun else []
    updates = [_update(random, row, number, user) for number, row in enumerate(chosen)]
    Update.objects.bulk_create(updates, batch_size=2000)
    Verdict.objects.bulk_create(
        [
            Verdict(update=each, what=Verdict.What.RETURNED, reason="Thiếu số liệu.", created_by=user)
            for each in updates
            if each.done and random.random() < 0.2
        ],
        batch_size=2000,
    )
    waiting = [row for row in begun if row.status in (Status.IN_PROGRESS, Status.RETURNED)]
    Obstacle.objects.bulk_create([_obstacle(row, user) for row in waiting[::40]])
    asked = [row for row in waiting[::50] if row.due_on]
    Extension.objects.bulk_create([_extension(row, user) for row in asked])
    return len(updates)


def _update(random: Random, row: Assignment, number: int, user: User) -> Update:
    done = row.status in (Status.REPORTED, Status.ACCEPTED) and random.random() < 0.5
    return Update(
        assignment=row,
        text=TEXT.format(number),
        percent=random.randint(5, 100),
        done=done,
        done_on=row.done_on if done else None,
        created_by=user,
        sent_by=user,
        sent_at=timezone.now(),
    )


def _obstacle(row: Assignment, user: User) -> Obstacle:
    above = "Chủ tịch Ủy ban nhân dân tỉnh" if row.pk % 2 else ""
    return Obstacle(
        assignment=row,
        text="Chưa được bố trí kinh phí.",
        clearer_words="Sở Tài chính",
        escalated_to=above,
        escalated_by=user if above else None,
        escalated_at=timezone.now() if above else None,
        raised_by=user,
    )


def _extension(row: Assignment, user: User) -> Extension:
    old = row.due_on or timezone.localdate()
    return Extension(
        assignment=row,
        old_due_on=old,
        new_due_on=old + timedelta(days=30),
        reason="Chờ số liệu của các đơn vị.",
        asked_by=user,
    )
