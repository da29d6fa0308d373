"""kill -9 in the middle of entering a sheet or taking it back: all of it is there or nothing is."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest
import xlsxwriter
from pytest_django import Settings
from tests.cast import Cast, make_cast
from tests.crash.conftest import Killed

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import confirm_arrival, undo_arrival, upload_arrival
from nhipcau.apps.orgs.models import Alias, Appointment, Arrival, Organisation, OrganisationVersion

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

CONFIRM, UNDO = "nhipcau.apps.orgs.actions.confirm_arrival", "nhipcau.apps.orgs.actions.undo_arrival"
POINTS = [
    ("confirm_sheet", CONFIRM, "create_organisation", 1, "after"),
    ("confirm_sheet", CONFIRM, "create_organisation", 3, "before"),
    ("confirm_sheet", CONFIRM, "create_users", 1, "before"),
    ("confirm_sheet", CONFIRM, "create_users", 1, "after"),
    ("confirm_sheet", CONFIRM, "appoint_many", 1, "before"),
    ("confirm_sheet", CONFIRM, "appoint_many", 1, "after"),
    ("confirm_sheet", CONFIRM, "note", 1, "after"),
    ("undo_sheet", UNDO, "built_on", 1, "after"),
    ("undo_sheet", UNDO, "_remove", 1, "after"),
]


def sheet() -> io.BytesIO:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    agencies, people = book.add_worksheet("Cơ quan"), book.add_worksheet("Người dùng")
    agencies.write_row(0, 0, ["Tên cơ quan", "Loại", "Tên gọi khác"])
    people.write_row(0, 0, ["Họ và tên", "Thư điện tử", "Vai trò", "Cơ quan"])
    for n in range(1, 6):
        agencies.write_row(n, 0, [f"Chi cục {n}", "sở", f"CC{n}"])
        people.write_row(n, 0, [f"Người {n}", f"nguoi{n}@example.vn", "chuyên viên", f"Chi cục {n}"])
    book.close()
    memory.seek(0)
    return memory


def state() -> tuple[int, ...]:
    """Everything that entering a sheet touches."""
    counted = (Organisation, OrganisationVersion, Alias, User, Appointment)
    events = Event.objects.exclude(verb__in=("orgs.confirm_arrival", "orgs.undo_arrival")).count()
    return (*(model._default_manager.count() for model in counted), events)


@pytest.fixture
def arrival(tmp_path: Path, settings: Settings) -> tuple[Arrival, Cast]:
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    cast = make_cast()
    return upload_arrival(sheet(), "a.xlsx", actor=cast.coordinator), cast


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point[0]}-{point[2]}-{point[3]}-{point[4]}")
def test_killed_nothing_is_half_done_and_it_can_be_done_again(
    arrival: tuple[Arrival, Cast], point: tuple[str, str, str, int, str], killed: Killed
) -> None:
    found, cast = arrival
    verb, module, name, nth, moment = point
    if verb == "undo_sheet":
        confirm_arrival(found, actor=cast.coordinator)
    before, was = state(), Arrival.objects.get().state
    code = killed((module, name, moment, nth), verb, found.pk, cast.coordinator.pk)
    assert code == -signal.SIGKILL
    assert state() == before
    assert Arrival.objects.get().state == was
    if verb == "confirm_sheet":
        confirm_arrival(Arrival.objects.get(), actor=cast.coordinator)
        assert User.objects.filter(email__startswith="nguoi").count() == 5
    else:
        undo_arrival(Arrival.objects.get(), reason="nhầm", actor=cast.coordinator)
        assert not User.objects.filter(email__startswith="nguoi").exists()
