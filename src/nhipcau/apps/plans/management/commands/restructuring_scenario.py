"""`nhipcau manage restructuring_scenario`: two provinces are merged with many tasks, timed and held to what
must not change; then it is undone.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import (
    approve_restructuring,
    ask_undo,
    carry_out_restructuring,
    preview_restructuring,
    submit_restructuring,
    undo_restructuring,
)
from nhipcau.apps.orgs.models import (
    Appointment,
    Organisation,
    OrganisationVersion,
    Restructuring,
    RowChange,
)
from nhipcau.apps.plans.demo import many, merger
from nhipcau.apps.plans.demo.shelf import PASSWORD
from nhipcau.apps.plans.models import Assignment, Document, Task

T = TypeVar("T")
BARS = {"preview": 10.0, "act": 30.0, "undo": 30.0}
COORDINATOR, SECOND = "dieuphoi@sapnhap.example.vn", "phoihop@sapnhap.example.vn"
# What an act writes about itself; everything else must be as before once it is undone.
OWN = ("orgs_restructuring", "orgs_restructuringstep", "orgs_stepunit", "orgs_rowchange")


def digests() -> dict[str, str]:
    """A digest of every table of orgs and plans but the acts' own."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("orgs_", "plans_")) and name not in OWN
        ]
        found = {}
        for table in sorted(tables):
            name = connection.ops.quote_name(table)
            rows = "string_agg(r::text, '|' order by r::text)"
            # Names of our own tables, from the database's catalogue.
            cursor.execute(f"select md5(coalesce({rows}, '')) from {name} r")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


class Command(BaseCommand):
    help = "Merge two provinces with many tasks, measure it, undo it. For a demo or training instance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tasks", type=int, default=20_000)
        parser.add_argument("--keep", action="store_true", help="leave it carried out")
        parser.add_argument("--only-state", action="store_true", help="build it and state the act, no more")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("It fills an instance with invented work: only NHIPCAU_MODE=demo gets it.")
        first, second = _person(COORDINATOR, "Nguyễn Thị Hợp"), _person(SECOND, "Trần Văn Nhất")
        act = self._stated(first, second, options["tasks"])
        if options["only_state"]:
            self._guide(act, first, second)
            return
        missed = self._measure(act, first, second, keep=options["keep"])
        if missed:
            raise CommandError(f"missed: {', '.join(missed)}")

    def _guide(self, act: Restructuring, first: User, second: User) -> None:
        """Who signs in, where the act is, what to do with it."""
        self.stdout.write(f"{act.title}: {reverse('orgs:restructuring', args=[act.pk])}")
        self.stdout.write(
            f"  {first.email}   {first.full_name}: Xem trước, Trình phê duyệt · preview, submit"
        )
        self.stdout.write(f"  {second.email}   {second.full_name}: Phê duyệt và thực hiện · approve")
        self.stdout.write(f"  Mật khẩu · password: {PASSWORD}")

    def _stated(self, first: User, second: User, tasks: int) -> Restructuring:
        known = Restructuring.objects.filter(created_by=first, state="drafted").first()
        if known is not None:
            return known
        with acting(first):
            found = merger.build(first)
            office = found.of("Sở Ngoại vụ", merger.PROVINCES[0])
            for user in (first, second):
                Appointment.objects.filter(user=user).update(organisation_id=office)
            many.load_tasks(tasks, first)
            plan = Document.objects.filter(state=Document.State.APPROVED).order_by("pk")[0]
            merger.add_duties(plan)
            return merger.state(found, first)

    def _measure(self, act: Restructuring, first: User, second: User, *, keep: bool) -> list[str]:
        self.stdout.write(
            f"{Task.objects.count()} tasks, {Assignment.objects.count()} assignments, "
            f"{Appointment.objects.count()} appointments"
        )
        before, missed = digests(), []
        act, seconds = self._timed(first, lambda: preview_restructuring(act, actor=first))
        missed += self._tell("preview", seconds, f"{act.preview['open']} open items")
        if act.preview["faults"]:
            raise CommandError(str(act.preview["faults"]))
        act, _seconds = self._timed(
            first, lambda: submit_restructuring(act, revision=act.revision, actor=first)
        )
        approved = self._approved(act, second)
        act, seconds = self._timed(second, lambda: carry_out_restructuring(approved, actor=second))
        rows = RowChange.objects.filter(restructuring=act).count()
        missed += self._tell("act", seconds, f"{rows} rows, totals agree")
        if keep:
            return missed
        act, _seconds = self._timed(first, lambda: ask_undo(act, reason="Diễn tập", actor=first))
        act, seconds = self._timed(second, lambda: undo_restructuring(act, actor=second))
        after = digests()
        changed = [table for table in before if before[table] != after.get(table)]
        missed += self._tell("undo", seconds, f"{len(before)} tables, {len(changed)} differ {changed}")
        return missed + (["undo differs"] if changed else [])

    def _approved(self, act: Restructuring, second: User) -> Restructuring:
        """Approved, with its job stored but not waited for."""
        with acting(second):
            return approve_restructuring(act, revision=act.revision, actor=second)

    def _timed(self, actor: User, work: Callable[[], T]) -> tuple[T, float]:
        begun = time.perf_counter()
        with acting(actor):
            done = work()
        return done, time.perf_counter() - begun

    def _tell(self, name: str, seconds: float, what: str) -> list[str]:
        held = seconds <= BARS[name]
        verdict = "ok" if held else "MISSED"
        self.stdout.write(f"{name:<10} {seconds:7.2f} s  ≤ {BARS[name]:.0f} s  {verdict}  {what}")
        return [] if held else [name]


def _person(email: str, name: str) -> User:
    known: User | None = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user: User = User.objects.create_user(email, name, PASSWORD)
    office = Organisation.objects.create()
    OrganisationVersion.objects.create(
        organisation=office, name=f"Ban chỉ đạo sắp xếp {user.pk}", kind="other", valid=(None, None)
    )
    Appointment.objects.create(
        user=user, role="coordinator", organisation=office, valid=(date(2024, 1, 1), None)
    )
    return user
