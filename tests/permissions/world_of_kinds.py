"""Records of tasks, units' own plans and estimates, of Sở A and of Sở B."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import (
    Course,
    Dissemination,
    Estimate,
    EstimateLine,
    EstimateRound,
    Inspection,
    InspectionFinding,
    Kind,
    OwnPlan,
    OwnPlanDuty,
    Review,
    RoundAgency,
    Task,
)

YEAR = 2027


class Grown(Protocol):
    """The world of these tests, which this file adds to."""

    cast: Cast
    objects: dict[str, dict[str, Any]]


def make_kinds(world: Grown) -> None:
    """About twenty inserts; the finance agency of the round is Sở B."""
    cast = world.cast
    tasks = {name: Task.objects.get(pk=world.objects[f"task of {name}"]["pk"]) for name in ("A", "B")}
    Task.objects.filter(pk__in=[task.pk for task in tasks.values()]).update(kind=Kind.COURSE)
    duty = OwnPlanDuty.objects.create(
        document=tasks["A"].document, created_by=cast.coordinator, due_on=date(YEAR, 3, 1)
    )
    opened = EstimateRound.objects.create(
        year=YEAR, send_by=date(YEAR - 1, 12, 1), finance=cast.department_b, opened_by=cast.coordinator
    )
    world.objects["kind course"] = {"kind": "course"}
    world.objects["duty"] = {"pk": duty.pk}
    world.objects["round"] = {"year": opened.year}
    for name, agency in (("A", cast.department_a), ("B", cast.department_b)):
        _records(world, tasks[name], name, agency)
        unit = OwnPlan.objects.create(duty=duty, organisation=agency)
        world.objects[f"own plan of {name}"] = {"pk": unit.pk}
        sent = timezone.now() if name == "B" else None
        asked = RoundAgency.objects.create(
            round=opened,
            organisation=agency,
            sent_at=sent,
            first_sent_at=sent,
            sent_by=cast.outsider if sent else None,
        )
        estimate = Estimate.objects.create(asked=asked, task=tasks[name])
        EstimateLine.objects.create(
            estimate=estimate, content="Thuê hội trường", quantity=Decimal(2), norm=500_000, amount=1_000_000
        )
        world.objects[f"estimates of {name}"] = {"pk": asked.pk, "stage": "advised"}
        world.objects[f"appraisal of {name}"] = {"pk": asked.pk, "stage": "appraised"}


def _records(world: Grown, task: Task, name: str, agency: Organisation) -> None:
    said = {
        "task": task,
        "organisation": agency,
        "day": date(YEAR, 4, 5),
        "created_by": world.cast.coordinator,
        "changed_by": world.cast.coordinator,
    }
    course = Course.objects.create(topic="Tập huấn", **said)
    review = Review.objects.create(topic="Luật mẫu", what=Review.What.LAW, **said)
    session = Dissemination.objects.create(topic="Phổ biến", **said)
    inspection = Inspection.objects.create(topic="Kiểm tra", **said)
    finding = InspectionFinding.objects.create(
        inspection=inspection, text="Bổ sung sổ theo dõi", organisation=agency
    )
    world.objects |= {
        f"course of {name}": {"kind": "course", "pk": course.pk},
        f"review of {name}": {"kind": "law", "pk": review.pk},
        f"session of {name}": {"kind": "session", "pk": session.pk},
        f"inspection of {name}": {"kind": "inspection", "pk": inspection.pk, "paper": "minutes"},
        f"finding of {name}": {"pk": finding.pk},
    }
