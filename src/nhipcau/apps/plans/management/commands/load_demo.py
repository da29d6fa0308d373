"""`nhipcau manage load_demo`: the synthetic province, its people, a plan under review, a plan carried out
in part.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.demo import (
    consultation,
    crowd,
    indicators,
    kinds,
    life,
    many,
    periods,
    province,
    restructuring,
    told,
    work,
)
from nhipcau.apps.plans.demo.shelf import PASSWORD
from nhipcau.apps.plans.models import Document, OutcomeCounts, Task
from nhipcau.apps.reference.shipped import load

LOADER = System("load-demo")


class Command(BaseCommand):
    help = "Load the synthetic province Lam Giang. Running it again adds only what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tasks", type=int, default=0, help="add plans until there are so many tasks")
        parser.add_argument(
            "--crowd", action="store_true", help="150 units, 500 people and 15,000 updates too"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError(
                "The demo has known passwords: only an instance with NHIPCAU_MODE=demo gets it."
            )
        # The reading is done here and now, not left to a worker that may not run.
        settings.JOBS_INLINE = True
        with acting(LOADER):
            load(actor=LOADER)
            load_library(actor=LOADER)
            organisations = province.load_organisations(actor=LOADER)
            province.load_groups(actor=LOADER)
            province.load_real_units(actor=LOADER)
            people = province.load_people(organisations, actor=LOADER)
        coordinator = people[0]
        with acting(coordinator):
            approved = work.load_approved_plan(coordinator, people[1])
            draft = work.load_draft_plan(coordinator)
            work.load_task_by_hand(coordinator)
            periods.load_quarterly(coordinator, people[1], actor=LOADER)
            life.load_life(approved, people)
            consultation.load_consultation(
                coordinator, {user.email.partition("@")[0]: user for user in people}
            )
        named = {user.email.partition("@")[0]: user for user in people}
        with acting(coordinator):
            kinds.load_kinds(named)
            kinds.load_own_plans(approved, named)
            kinds.load_estimates(named)
            told.load_reminder(coordinator)
            indicators.load_indicators(coordinator)
        with acting(LOADER):
            told.load_mails(actor=LOADER)
        if options["tasks"]:
            with acting(coordinator):
                if options["crowd"]:
                    crowd.load_crowd(coordinator)
                many.load_tasks(options["tasks"], coordinator)
                if options["crowd"]:
                    crowd.load_crowd(coordinator)
        # Last, so that it counts what is there.
        with acting(coordinator):
            restructuring.load_act(coordinator)
        self._tell(len(organisations), people, approved, draft)

    def _tell(self, organisations: int, people: list[User], approved: Document, draft: Document) -> None:
        counts = Task.objects.current().outcome_counts(timezone.localdate())
        drafts = draft.drafts.exclude(state="dropped").count()
        tasks = approved.tasks.count()
        self.stdout.write(
            f"\nTỉnh Lam Giang (không có thật) · the province of Lam Giang (invented): "
            f"{organisations} cơ quan, xã, phường · agencies and communes\n"
            f"  {approved.number}: {tasks} nhiệm vụ đã phê duyệt · tasks approved\n"
            f"  {draft.number}: {drafts} nhiệm vụ dự thảo chờ xem · draft tasks to review\n"
            f"  {_outcomes(counts)}\n"
        )
        self.stdout.write("Đăng nhập · sign in:")
        roles = dict(Appointment.objects.filter(user__in=people).values_list("user_id", "role"))
        for user in people:
            role = Appointment.Role(roles[user.pk]).value
            self.stdout.write(f"  {user.email:<32} {user.full_name} ({role})")
        self.stdout.write(f"  Mật khẩu của mọi người · everyone's password: {PASSWORD}\n")


def _outcomes(counts: OutcomeCounts) -> str:
    return (
        f"{counts.total} nhiệm vụ · tasks: {counts.done_in_time} xong đúng hạn · in time, "
        f"{counts.done_late} xong muộn · late, {counts.open_in_time} còn hạn · open, "
        f"{counts.open_overdue} quá hạn · overdue"
    )
