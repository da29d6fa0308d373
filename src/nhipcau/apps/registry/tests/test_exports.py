"""Lists of people as files: for a purpose, with a mark, agreed to by two, gone in time; handed over once."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import FileResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from python_calamine import CalamineWorkbook
from tests.cast import BEGINNING, Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry import export_files, exporting
from nhipcau.apps.registry.actions import (
    ask_export,
    ask_sharing,
    decide_export,
    decide_sharing,
    erase_person,
    hand_over,
    take_export,
    write_sharing,
)
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.export_jobs import end_exports, write_export
from nhipcau.apps.registry.models import Export, Group, Person, Remit, Sharing
from nhipcau.apps.registry.reach import forget_reach

NEW = "/people-abroad/exports/new/"


@pytest.fixture
def sign_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


@pytest.fixture
def people(cast: Cast, tmp_path: Path, settings: Settings) -> dict[str, Person]:
    settings.DATA, settings.JOBS_INLINE = tmp_path, True
    begin_registry()
    round = make_round(cast)
    Remit.objects.create(
        organisation=cast.department_a, group=Group.WORKER, basis="QĐ", valid=(BEGINNING, None)
    )
    phone = {"phone": "0903555777", "written": {"Hộ chiếu": "C1234567"}}
    return {
        "worker": enter(make_record(cast, round, name="=Hoa", groups=[Group.WORKER], **phone)),
        "student": enter(
            make_record(cast, round, name="Trần Văn Bình", groups=[Group.STUDENT], birth="1999")
        ),
    }


def ask(user: User, **said: object) -> Export:
    forget_reach(user)
    set_identity(user.pk)
    asked = {"purpose": "check", "words": "Rà soát với xã", "wanted": {}, "columns": ["name", "birth_year"]}
    return ask_export(**asked | said, actor=user)  # type: ignore[arg-type]


def sheet_of(export: Export) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(export_files.content(export)))
        .get_sheet_by_index(0)
        .to_python()
    )


def test_it_holds_the_columns_wanted_and_bears_the_mark(cast: Cast, people: dict[str, Person]) -> None:
    made = ask(cast.coordinator)
    assert (made.state, made.count) == (Export.State.READY, 2)
    rows = sheet_of(made)
    assert "Nguyễn Thị Điều Phối" in str(rows[0][0])
    assert str(made.pk) in str(rows[0][0])
    assert "Rà soát với xã" in str(rows[1][0])
    assert [row[:2] for row in rows[4:]] == [["Trần Văn Bình", "1999"], ["=Hoa", "1962"]] or len(
        rows[4:]
    ) == 2
    with zipfile.ZipFile(io.BytesIO(export_files.content(made))) as parts:
        assert "Điều Phối" in parts.read("docProps/core.xml").decode()
        assert "Điều Phối" in parts.read("xl/worksheets/sheet1.xml").decode().split("headerFooter")[1]
        everything = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "C1234567" not in everything
    assert "0903555777" not in everything
    assert oct(export_files.path_of(made.file).stat().st_mode)[-3:] == "600"


def test_each_takes_only_whom_she_reads(cast: Cast, people: dict[str, Person]) -> None:
    made = ask(cast.officer)
    assert made.holds == [people["worker"].pk]
    with pytest.raises(Refused):
        ask(cast.outsider)


def test_restricted_persons_are_left_out(cast: Cast, people: dict[str, Person]) -> None:
    Person.objects.filter(pk=people["student"].pk).update(restricted_at=timezone.now())
    assert ask(cast.coordinator).holds == [people["worker"].pk]


@pytest.mark.parametrize("narrowed", [{"q": "binh tran"}, {"group": "student"}])
def test_it_is_narrowed_as_the_list_is(
    cast: Cast, people: dict[str, Person], narrowed: dict[str, str]
) -> None:
    assert ask(cast.coordinator, wanted=narrowed).holds == [people["student"].pk]


def test_many_people_need_a_second_officer(cast: Cast, people: dict[str, Person], settings: Settings) -> None:
    settings.EXPORT_ALONE = 1
    made = ask(cast.coordinator)
    assert made.state == Export.State.WAITING
    with pytest.raises(PermissionDenied):
        decide_export(made, agrees=True, reason="", actor=cast.coordinator)
    set_identity(cast.second_coordinator.pk)
    with pytest.raises(Refused):
        decide_export(made, agrees=False, reason=" ", actor=cast.second_coordinator)
    set_identity(cast.second_coordinator.pk)
    decided = decide_export(made, agrees=True, reason="", actor=cast.second_coordinator)
    assert decided.decided_by == cast.second_coordinator
    begin_registry()
    assert Export.objects.get().count == 2


def test_more_people_than_were_agreed_to_are_asked_for_again(
    cast: Cast, people: dict[str, Person], settings: Settings
) -> None:
    settings.EXPORT_ALONE = 1
    made = ask(cast.coordinator)
    begin_registry()
    Export.objects.update(people=1, state="writing")
    set_identity(cast.coordinator.pk)
    write_export(made.pk)
    begin_registry()
    made.refresh_from_db()
    assert (made.state, made.people) == (Export.State.WAITING, 2)


def test_exports_of_a_day_are_limited(cast: Cast, people: dict[str, Person], settings: Settings) -> None:
    settings.EXPORTS_A_DAY = 1
    ask(cast.coordinator)
    with pytest.raises(Refused):
        ask(cast.coordinator)


def test_identity_numbers_and_unknown_columns_are_no_columns(cast: Cast, people: dict[str, Person]) -> None:
    assert not {"identity_numbers", "written", "digest"} & set(exporting.COLUMNS)
    with pytest.raises(Refused):
        ask(cast.coordinator, columns=["identity_numbers", "written"])


def test_its_download_is_on_record_and_hers_alone(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    made = ask(cast.coordinator)
    address = f"/people-abroad/exports/{made.pk}/file/"
    answer = sign_in("coordinator").get(address)
    assert isinstance(answer, FileResponse)
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]
    assert sign_in("second_coordinator").get(address).status_code == 403
    assert sign_in("officer").get(address).status_code == 404
    begin_registry()
    events = Event.objects.filter(verb="registry.download_export")
    assert [each.data["count"] for each in events] == [2]


def test_the_file_goes_when_its_time_is_over(
    cast: Cast, people: dict[str, Person], django_capture_on_commit_callbacks: object
) -> None:
    made = ask(cast.coordinator)
    path = export_files.path_of(made.file)
    begin_registry()
    Export.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    set_identity(cast.coordinator.pk)
    with pytest.raises(Refused):
        take_export(made, actor=cast.coordinator)
    begin_registry()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        end_exports(0)
    assert not path.exists()
    assert Export.objects.get().state == Export.State.ENDED


def test_an_erased_person_takes_the_files_with_her(
    cast: Cast, people: dict[str, Person], django_capture_on_commit_callbacks: object
) -> None:
    made = ask(cast.coordinator, wanted={"q": "tran binh"})
    path = export_files.path_of(made.file)
    set_identity(cast.coordinator.pk)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_person(people["student"], request="1/YC", ground="asked", actor=cast.coordinator)
    assert not path.exists()
    begin_registry()
    made.refresh_from_db()
    assert (made.state, made.wanted, made.words) == (Export.State.ENDED, {}, "")


def test_the_page_asks_for_purpose_words_and_columns(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    client = sign_in("coordinator")
    page = client.get(NEW + "?group=student")
    assert "checked" not in page.content.decode()
    assert client.post(NEW + "?group=student", {}).status_code == 422
    sent = {"purpose": "check", "words": "Rà soát với xã", "columns": ["name"]}
    answer = client.post(NEW + "?group=student", sent, follow=True)
    assert answer.status_code == 200
    begin_registry()
    assert Export.objects.get().wanted == {"group": "student"}


def test_the_list_of_exports_asks_the_same_however_many(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    ask(cast.coordinator)
    client = sign_in("coordinator")
    few = queries(client)
    ask(cast.officer)
    ask(cast.officer)
    assert queries(client) == few


def queries(client: Client) -> int:
    client.get("/people-abroad/exports/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/people-abroad/exports/")
    return len(asked)


def request(cast: Cast, **said: object) -> Sharing:
    set_identity(cast.coordinator.pk)
    asked = {
        "body": "Công an tỉnh",
        "letter": "12/CV",
        "letter_day": timezone.localdate(),
        "basis": "Điều 17",
        "purpose": "Xác minh",
        "wanted": {},
        "columns": ["name"],
        "until": timezone.localdate() + timedelta(days=10),
    }
    return ask_sharing(**asked | said, actor=cast.coordinator)  # type: ignore[arg-type]


def test_a_request_is_agreed_to_by_another_and_handed_over_once(
    cast: Cast, people: dict[str, Person]
) -> None:
    made = request(cast)
    with pytest.raises(Refused):
        write_sharing(made, actor=cast.coordinator)
    set_identity(cast.second_coordinator.pk)
    decide_sharing(made, agrees=True, reason="", actor=cast.second_coordinator)
    set_identity(cast.coordinator.pk)
    with pytest.raises(Refused):
        hand_over(made, to="Ông A", actor=cast.coordinator)
    export = write_sharing(made, actor=cast.coordinator)
    assert (export.state, export.purpose) == (Export.State.READY, Export.Purpose.SHARING)
    done = hand_over(made, to="Ông A, trao tay", actor=cast.coordinator)
    assert (done.state, done.handed_count) == (Sharing.State.HANDED, 2)
    with pytest.raises(Refused):
        write_sharing(made, actor=cast.coordinator)
    export.refresh_from_db()
    assert export.state == Export.State.ENDED
    event = Event.objects.get(verb="registry.hand_over")
    assert (event.data["count"], event.data["columns"]) == (2, ["name"])


def test_a_request_whose_time_is_over_gives_nothing(cast: Cast, people: dict[str, Person]) -> None:
    made = request(cast)
    Sharing.objects.update(until=timezone.localdate() - timedelta(days=1))
    set_identity(cast.second_coordinator.pk)
    with pytest.raises(Refused):
        decide_sharing(made, agrees=True, reason="", actor=cast.second_coordinator)
    begin_registry()
    end_exports(0)
    assert Sharing.objects.get().state == Sharing.State.ENDED


def test_the_pages_of_a_request_lead_through_it(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    made = request(cast)
    base = f"/people-abroad/handing-over/{made.pk}/"
    first, second = sign_in("coordinator"), sign_in("second_coordinator")
    assert first.post(base + "decide/", {"answer": "yes"}).status_code == 403
    assert second.post(base + "decide/", {"answer": "yes"}).status_code == 302
    assert first.post(base + "write/", follow=True).status_code == 200
    assert first.post(base + "hand/", {"to": "Ông A"}).status_code == 302
    assert first.get(base).status_code == 200
    assert first.get("/people-abroad/handing-over/").status_code == 200


def letter(**said: object) -> dict[str, object]:
    day = timezone.localdate()
    return {
        "body": "Công an tỉnh",
        "letter": "12/CV",
        "letter_day": f"{day:%d/%m/%Y}",
        "basis": "Điều 17",
        "purpose": "Xác minh",
        "until": f"{day + timedelta(days=10):%d/%m/%Y}",
        "columns": ["name"],
    } | said


def test_the_letter_lies_beside_the_request_for_who_decides(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    file = SimpleUploadedFile("cong-van.txt", "Số: 12/CV. Đề nghị cung cấp.".encode())
    answer = sign_in("coordinator").post("/people-abroad/handing-over/new/", letter(paper=file))
    assert answer.status_code == 302
    begin_registry()
    made = Sharing.objects.get()
    address = f"/people-abroad/handing-over/{made.pk}/letter/"
    client = sign_in("second_coordinator")
    assert address in client.get(f"/people-abroad/handing-over/{made.pk}/").content.decode()
    read = client.get(address)
    assert isinstance(read, FileResponse)
    assert "Đề nghị" in b"".join(read.streaming_content).decode()  # type: ignore[arg-type]
    assert sign_in("officer").get(address).status_code == 404


def test_a_letter_that_is_no_document_is_refused_and_nothing_is_noted(
    cast: Cast, people: dict[str, Person], sign_in: SignedIn
) -> None:
    file = SimpleUploadedFile("cong-van.pdf", b"MZ" + bytes(200))
    answer = sign_in("coordinator").post("/people-abroad/handing-over/new/", letter(paper=file))
    assert answer.status_code == 422
    begin_registry()
    assert not Sharing.objects.exists()
