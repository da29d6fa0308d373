"""kill -9 while a list enters the register or leaves it: every row is there once, or told wrong."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import Cast, make_cast
from tests.crash.conftest import Killed
from tests.permissions.world_of_registry import make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry import actions
from nhipcau.apps.registry.actions.confirm_intake import bring_in
from nhipcau.apps.registry.actions.undo_intake import leave_register
from nhipcau.apps.registry.intake_jobs import check_intake
from nhipcau.apps.registry.models import GroupSpell, Intake, IntakeRow, Membership, Person, SourceRecord

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

ENTER, LEAVE = "nhipcau.apps.registry.actions.confirm_intake", "nhipcau.apps.registry.actions.undo_intake"
POINTS = [
    ("bring_list_in", ENTER, "enter_rows", "before"),
    ("bring_list_in", ENTER, "enter_rows", "after"),
    ("bring_list_in", "nhipcau.apps.registry.intakes.entering", "derive", "before"),
    ("bring_list_in", "nhipcau.apps.registry.intakes.entering", "derive", "after"),
    ("bring_list_in", ENTER, "finish", "after"),
    ("take_list_back", LEAVE, "take_back", "before"),
    ("take_list_back", LEAVE, "take_back", "after"),
    ("take_list_back", LEAVE, "finish", "after"),
]
ROWS = 40
SYSTEM = System("tests")


def counted() -> tuple[int, ...]:
    """Everything that a list touches."""
    models = (Person, SourceRecord, Membership, GroupSpell)
    with acting(SYSTEM):
        return tuple(model._default_manager.count() for model in models)


@pytest.fixture
def sent(tmp_path: Path, settings: Settings) -> tuple[int, Cast]:
    """A list of forty rows, every tenth wrong, whose checking has not run."""
    settings.MEDIA_ROOT = tmp_path / "files"
    cast = make_cast()
    rows = [f"Nguyễn Văn {'12' if n % 10 == 0 else 'Ba'};{1960 + n};Lao động" for n in range(ROWS)]
    file = io.BytesIO("\n".join(("Họ và tên;Năm sinh;Diện", *rows)).encode())
    with acting(SYSTEM):
        round = make_round(cast)
    with acting(cast.coordinator):
        intake = actions.upload_intake(
            file, "a.csv", sender=cast.lead_agency, source=round, actor=cast.coordinator
        )
    return intake.pk, cast


@pytest.fixture
def waiting(sent: tuple[int, Cast]) -> tuple[int, Cast]:
    """The same, checked and confirmed, whose job has not run."""
    pk, cast = sent
    check_intake(pk)
    with acting(cast.coordinator):
        found = Intake.objects.get(pk=pk)
        actions.confirm_intake(found, revision=found.revision, actor=cast.coordinator)
    return pk, cast


CHECKING = [
    ("nhipcau.apps.registry.intake_jobs", "read", "after"),
    ("nhipcau.apps.registry.intake_jobs", "beside", "after"),
    ("nhipcau.apps.registry.actions.keep_intake", "keep_numbers", "after"),
    ("nhipcau.apps.registry.actions.keep_intake", "store", "after"),
    ("nhipcau.apps.registry.actions.keep_intake", "finish", "after"),
]


@pytest.mark.parametrize("point", CHECKING, ids=lambda point: f"{point[1]}-{point[2]}")
def test_killed_while_it_is_checked_a_list_is_checked_again(
    sent: tuple[int, Cast], point: tuple[str, str, str], killed: Killed, settings: Settings
) -> None:
    pk, cast = sent
    where = {"FILES": str(settings.MEDIA_ROOT), "RING": str(settings.KEY_RING)}
    assert killed((*point, 1), "check_list", pk, cast.coordinator.pk, **where) == -signal.SIGKILL
    with acting(SYSTEM):
        assert Intake.objects.get(pk=pk).state == Intake.State.CHECKING
        assert not IntakeRow.objects.filter(intake=pk).exists()
    check_intake(pk)
    with acting(SYSTEM):
        assert Intake.objects.get(pk=pk).counts == {"new": 36, "wrong": 4}
        assert IntakeRow.objects.filter(intake=pk).count() == ROWS


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point[0]}-{point[2]}-{point[3]}")
def test_killed_every_row_is_in_the_register_or_among_the_wrong_once(
    waiting: tuple[int, Cast], point: tuple[str, str, str, str], killed: Killed
) -> None:
    pk, cast = waiting
    work, module, name, moment = point
    if work == "take_list_back":
        with acting(SYSTEM):
            bring_in(pk)
        with acting(cast.coordinator):
            actions.undo_intake(Intake.objects.get(pk=pk), reason="nhầm", actor=cast.coordinator)
    before = counted()
    assert killed((module, name, moment, 1), work, pk, cast.coordinator.pk) == -signal.SIGKILL
    assert counted() == before
    with acting(SYSTEM):
        (bring_in if work == "bring_list_in" else leave_register)(pk)
        wrong = set(IntakeRow.objects.filter(intake=pk, finding="wrong").values_list("number", flat=True))
        entered = list(SourceRecord.objects.filter(intake=pk).values_list("row", flat=True))
    if work == "bring_list_in":
        assert sorted([*entered, *wrong]) == list(range(2, ROWS + 2))
        assert counted() == (36, 36, 36, 36)
    else:
        assert counted() == (0, 0, 0, 0)
