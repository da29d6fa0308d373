"""A specialist's open tasks go to her successor when both sides have said yes; nothing is lost on the way."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.exceptions import PermissionDenied
from tests.cast import Cast, SignedIn, appoint, make_user

from nhipcau.apps.access.actions import lock_user
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import cancel_handover, give_over, open_handover, take_over
from nhipcau.apps.orgs.handing import open_work
from nhipcau.apps.orgs.minutes import as_word, minutes_of
from nhipcau.apps.orgs.models import Handover
from nhipcau.apps.plans.models import Assignment, Document, Role, Status, Task


@pytest.fixture
def successor(cast: Cast) -> User:
    user = make_user("kenhiem", "Trịnh Thị Kế")
    appoint(user, "officer", cast.department_a)
    return user


@pytest.fixture
def work(cast: Cast) -> list[Assignment]:
    """Two open tasks of the officer, one that is done."""
    document = Document.objects.create(
        number="38/KH-UBND", state=Document.State.DRAFT, created_by=cast.coordinator
    )
    made = []
    for number, status in enumerate((Status.IN_PROGRESS, Status.REPORTED, Status.ACCEPTED)):
        task = Task.objects.create(document=document, text=f"Việc {number}", created_by=cast.coordinator)
        made.append(
            Assignment.objects.create(
                task=task,
                organisation=cast.department_a,
                role=Role.LEAD,
                status=status,
                due_on=date(2026, 12, 5),
                done_on=None if status == Status.IN_PROGRESS else date(2026, 11, 5),
                specialist=cast.officer,
            )
        )
    return made


def begun(cast: Cast, successor: User, actor: User | None = None) -> Handover:
    keys = [item.key for item in open_work(cast.officer)]
    return open_handover(cast.officer, successor, keys, why="moves", actor=actor or cast.officer)


def specialists(work: list[Assignment]) -> list[int | None]:
    return [Assignment.objects.get(pk=each.pk).specialist_id for each in work]


def test_her_open_work_is_what_is_not_accepted_yet(cast: Cast, work: list[Assignment]) -> None:
    assert [item.words for item in open_work(cast.officer)] == ["Việc 0 (38/KH-UBND)", "Việc 1 (38/KH-UBND)"]


def test_it_moves_when_both_have_said_yes_and_not_before(
    cast: Cast, work: list[Assignment], successor: User
) -> None:
    handover = begun(cast, successor)
    assert specialists(work) == [cast.officer.pk] * 3
    done = take_over(handover, actor=successor)
    assert done.state == Handover.State.DONE
    assert specialists(work) == [successor.pk, successor.pk, cast.officer.pk]
    assert Assignment.objects.get(pk=work[1].pk).status == Status.REPORTED
    events = Event.objects.filter(verb="plans.hand_over_assignment")
    assert {event.data["handover"] for event in events} == {handover.pk}
    assert events.count() == 2


def test_what_was_closed_meanwhile_stays_and_the_minutes_say_so(
    cast: Cast, work: list[Assignment], successor: User
) -> None:
    handover = begun(cast, successor)
    Assignment.objects.filter(pk=work[0].pk).update(status=Status.ACCEPTED, done_on=date(2026, 11, 6))
    take_over(handover, actor=successor)
    assert specialists(work) == [cast.officer.pk, successor.pk, cast.officer.pk]
    remarks = [line.remark for line in minutes_of(Handover.objects.get()).lines]
    assert "không chuyển" in remarks[0]
    assert "không chuyển" not in remarks[1]


def test_the_coordinator_says_yes_for_one_who_has_left(
    cast: Cast, work: list[Assignment], successor: User
) -> None:
    handover = begun(cast, successor, actor=cast.coordinator)
    with pytest.raises(PermissionDenied):
        give_over(handover, actor=cast.coordinator)
    lock_user(cast.officer, reason="Nghỉ việc", actor=cast.coordinator)
    give_over(Handover.objects.get(), actor=cast.coordinator)
    take_over(handover, actor=successor)
    assert specialists(work)[:2] == [successor.pk] * 2
    assert "Nguyễn Thị Điều Phối xác nhận thay" in " ".join(minutes_of(Handover.objects.get()).said)


def test_nobody_gives_anothers_work_away(cast: Cast, work: list[Assignment], successor: User) -> None:
    for actor in (successor, cast.outsider, cast.leader):
        with pytest.raises(PermissionDenied):
            begun(cast, successor, actor=actor)
    handover = begun(cast, successor)
    with pytest.raises(PermissionDenied):
        take_over(handover, actor=cast.officer)


def test_the_successor_works_at_the_agency_of_the_work(cast: Cast, work: list[Assignment]) -> None:
    for someone in (cast.outsider, cast.leaver, cast.officer):
        with pytest.raises(Refused):
            begun(cast, someone)


def test_one_piece_of_work_is_in_one_handover_at_a_time(
    cast: Cast, work: list[Assignment], successor: User
) -> None:
    first = begun(cast, successor)
    with pytest.raises(Refused):
        begun(cast, successor)
    with pytest.raises(Refused):
        cancel_handover(first, reason=" ", actor=cast.officer)
    cancel_handover(first, reason="Chọn nhầm", actor=cast.officer)
    begun(cast, successor)
    with pytest.raises(Refused):
        take_over(first, actor=successor)
    assert specialists(work) == [cast.officer.pk] * 3


def test_an_empty_choice_is_refused(cast: Cast, work: list[Assignment], successor: User) -> None:
    with pytest.raises(Refused):
        open_handover(cast.officer, successor, ["plans.assignment:999999"], why="moves", actor=cast.officer)


def test_the_minutes_are_a_word_file_in_the_offices_form(
    cast: Cast, work: list[Assignment], successor: User
) -> None:
    handover = begun(cast, successor)
    word = docx.Document(io.BytesIO(as_word(minutes_of(handover))))
    head = "\n".join(cell.text for cell in word.tables[0].rows[0].cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "Độc lập - Tự do - Hạnh phúc" in head
    assert "SỞ CÔNG THƯƠNG TỈNH MẪU" in " ".join(head.split())
    rows = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    assert rows[1][:3] == ["1", "Việc 0 (38/KH-UBND)", "05/12/2026"]
    assert len(rows) == 3
    signed = " ".join(cell.text for cell in word.tables[2].rows[0].cells)
    assert "BÊN NHẬN BÀN GIAO" in signed
    assert "Trịnh Thị Kế" in "\n".join(paragraph.text for paragraph in word.paragraphs)


def test_by_page_it_is_drawn_up_confirmed_and_printed(
    cast: Cast, work: list[Assignment], successor: User, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    page = client.get("/organisations/handovers/new/").content.decode()
    assert "Việc 0" in page
    assert "Võ Thị Bình" not in page
    wanted = {"receiver": successor.pk, "why": "moves", "item": [f"plans.assignment:{work[0].pk}"]}
    assert client.post("/organisations/handovers/new/", wanted).status_code == 302
    handover = Handover.objects.get()
    assert handover.items.count() == 1
    address = f"/organisations/handovers/{handover.pk}/"
    client.logout()
    client.force_login(successor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Xác nhận bàn giao công việc" in client.get("/").content.decode()
    client.post(f"{address}confirm/", {"side": "receive"})
    assert specialists(work)[0] == successor.pk
    page = client.get(address).content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert client.get(f"{address}minutes.docx").content[:2] == b"PK"


def test_who_locks_an_account_with_open_work_is_offered_the_handover(
    cast: Cast, work: list[Assignment], signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    page = client.get(f"/people/{cast.officer.pk}/").content.decode()
    assert f"/organisations/handovers/new/?giver={cast.officer.pk}" in page
    assert "handovers/new" not in client.get(f"/people/{cast.outsider.pk}/").content.decode()
