"""A round with two agencies for tests: Sở A has two tasks, Sở B is the finance agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.actions import enter_task, fill_estimates, open_round, send_estimates
from nhipcau.apps.plans.actions.fill_estimates import Entered
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import EstimateLine, EstimateRound, RoundAgency, Task


@dataclass(slots=True)
class Opened:
    """`a` and `b` are the agencies' parts of the round."""

    cast: Cast
    round: EstimateRound
    a: RoundAgency
    b: RoundAgency
    tasks: list[Task]

    def lines(self) -> list[EstimateLine]:
        return list(EstimateLine.objects.filter(estimate__asked=self.a, ended_at=None))

    def send(self, *norms: int) -> None:
        """Sở A sends a line of 2 × norm for each, on its tasks in turn."""
        self.a.refresh_from_db()
        lines = [line(self.tasks[n % 2], norm=norm, content=f"Dòng {n}") for n, norm in enumerate(norms)]
        fill_estimates(self.a, lines, version=self.a.version, actor=self.cast.officer)
        send_estimates(self.a, actor=self.cast.officer)
        self.a.refresh_from_db()


def line(
    task: Task,
    *,
    norm: int = 500_000,
    content: str = "Thuê hội trường",
    quantity: str = "2",
    pk: int | None = None,
) -> Entered:
    return Entered(task.pk, content, "buổi", Decimal(quantity), norm, "province", pk)


def task_of(cast: Cast, text: str, *agencies: Organisation) -> Task:
    names = [each.versions.get().name for each in agencies]
    return enter_task(
        text,
        [Named(name, "lead") for name in names],
        actor=cast.coordinator,
        kind="conclusion",
        number="12/TB-UBND",
    )


def opened(cast: Cast) -> Opened:
    tasks = [task_of(cast, f"Việc {n} của Sở Công Thương", cast.department_a) for n in (1, 2)]
    made = open_round(
        2027,
        send_by=timezone.localdate() + timedelta(days=10),
        finance=cast.department_b,
        agencies=[cast.department_a.pk, cast.department_b.pk],
        words="",
        actor=cast.coordinator,
    )
    a, b = (made.agencies.get(organisation=each) for each in (cast.department_a, cast.department_b))
    return Opened(cast, made, a, b, tasks)
