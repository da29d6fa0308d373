"""The pages of a list of people, as an officer goes through them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_round

from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.intakes import reading
from nhipcau.apps.registry.intakes.template import template
from nhipcau.apps.registry.models import Intake, Person, Round, RunningSource
from nhipcau.core.personvalues import guess_columns
from nhipcau.core.tablereader import MOST_LISTED, read_tables
from nhipcau.core.tablereader.reading import read_in_parts

LIST = (
    "HỘI THÂN NHÂN;;;\nHọ và tên;Năm sinh;Nước định cư;Tôn giáo\nNguyễn Thị Hoa;1970;Mỹ;Phật\n"
    "Lê Văn 12;31/02/1970;Atlantis;\n"
)
LISTS = "/people-abroad/lists/"


@pytest.fixture(autouse=True)
def _world(cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_list", lambda path: read_in_parts(path, MOST_LISTED))
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    begin_registry()
    Country.objects.create(
        code="US", name="Hoa Kỳ", name_en="United States", aliases="Mỹ", valid=(None, None), source="ISO"
    )
    make_round(cast)


def send(client: Client, cast: Cast, text: str = LIST, sender: int | None = None) -> str:
    begin_registry()
    source = f"round-{cast_round()}"
    data = {
        "source": source,
        "sender": str(sender or cast.lead_agency.pk),
        "file": SimpleUploadedFile("ds.csv", text.encode()),
    }
    response = client.post(LISTS, data, follow=True)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def cast_round() -> int:
    return Round.objects.get().pk


def the_list() -> Intake:
    begin_registry()
    return Intake.objects.get()


def test_a_list_is_sent_looked_at_and_brought_in(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = send(client, cast)
    assert "1 trên 2 hàng có lỗi" in page
    assert "Không có ngày 31/02/1970" in page
    assert "Tôn giáo" in page
    assert "Phật" not in page
    intake = the_list()
    page = client.post(
        f"{LISTS}{intake.pk}/confirm/", {"revision": str(intake.revision)}, follow=True
    ).content.decode()
    assert "Danh sách này đã vào sổ" in page
    begin_registry()
    assert Person.objects.get().name == "Nguyễn Thị Hoa"


def test_the_wrong_rows_come_back_marked_in_the_senders_own_columns(
    cast: Cast, signed_in: SignedIn, tmp_path: Path
) -> None:
    client = signed_in("coordinator")
    send(client, cast)
    body = client.get(f"{LISTS}{the_list().pk}/wrong/").content
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(body)
    ((title, head, row),) = [sheet["rows"] for sheet in read_tables(path)]
    assert title["cells"] == ["HỘI THÂN NHÂN"]
    assert head["cells"] == ["Họ và tên", "Năm sinh", "Nước định cư", "Tôn giáo"]
    assert row["cells"] == ["Lê Văn 12", "31/02/1970", "Atlantis"]
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        comments = parts.read("xl/comments1.xml").decode()
    assert "4: Không có ngày 31/02/1970" in comments
    assert "Không có nước nào tên như vậy" in comments


def test_a_row_without_a_name_shows_no_other_cell_as_one(cast: Cast, signed_in: SignedIn) -> None:
    text = "Họ và tên;Ngày sinh;Nước định cư\n;12.3.70;Mỹ\nNguyễn Thị Hoa;13.3.70;Mỹ\n"
    page = send(signed_in("coordinator"), cast, text)
    assert "12/3/1970, Hoa Kỳ" in page
    assert ">Mỹ<" not in page
    columns = signed_in("coordinator").get(f"{LISTS}{the_list().pk}/columns/").content.decode()
    assert "Nguyễn Thị Hoa" in columns


def test_a_mended_list_is_another_one_and_enters(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    send(client, cast)
    page = send(client, cast, "Họ và tên;Năm sinh;Nước định cư\nLê Văn Ba;1970;Mỹ\n")
    assert "1 hàng, không có lỗi" in page


def test_unknown_columns_are_asked_once(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = send(client, cast, "Cột a;Cột b;Cột c\nNguyễn Thị Hoa;1970;Mỹ\nLê Văn Ba;1980;Mỹ\n")
    assert "Các cột chứa gì?" in page
    assert "Nguyễn Thị Hoa" in page
    pk = the_list().pk
    assert client.post(f"{LISTS}{pk}/columns/", {"c0-1": "birth"}).status_code == 422
    told = {
        "c0-0": "name",
        "c0-1": "birth",
        "c0-2": "country",
        "c0-99": "sex",
        "c9-0": "sex",
        "c0-3": "opinion",
    }
    page = client.post(f"{LISTS}{pk}/columns/", told, follow=True).content.decode()
    assert "hàng, không có lỗi" in page


def test_an_association_sees_its_own_list_and_waits_for_the_keeper(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("outsider")
    page = send(client, cast, sender=cast.department_b.pk)
    assert "chờ cơ quan giữ sổ xác nhận" in page
    assert "Đưa vào sổ" not in page
    assert signed_in("officer").get(f"{LISTS}{the_list().pk}/").status_code == 404
    intake = the_list()
    signed_in("coordinator").post(f"{LISTS}{intake.pk}/confirm/", {"revision": str(intake.revision)})
    begin_registry()
    person = f"/people-abroad/{Person.objects.get().pk}/"
    assert person not in client.get(f"{LISTS}{intake.pk}/").content.decode()
    assert person in signed_in("coordinator").get(f"{LISTS}{intake.pk}/").content.decode()


def test_a_file_that_is_no_list_is_sent_back_with_the_reason(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    data = {
        "source": f"round-{cast_round()}",
        "sender": str(cast.lead_agency.pk),
        "file": SimpleUploadedFile("ds.xlsx", b"%PDF-1.7"),
    }
    response = client.post(LISTS, data)
    assert response.status_code == 422
    assert ".xlsx, .ods, .csv" in response.content.decode()


def test_a_list_is_dropped_with_a_reason_and_taken_back(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    send(client, cast)
    pk = the_list().pk
    assert client.post(f"{LISTS}{pk}/end/", {"what": "drop"}).status_code == 422
    page = client.post(
        f"{LISTS}{pk}/end/", {"what": "drop", "reason": "Gửi nhầm"}, follow=True
    ).content.decode()
    assert "Gửi nhầm" in page
    assert "Kết quả kiểm tra" not in page, "no table without rows"
    assert the_list().state == Intake.State.DROPPED


def test_a_list_in_the_register_is_taken_back_on_its_page(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    send(client, cast)
    intake = the_list()
    client.post(f"{LISTS}{intake.pk}/confirm/", {"revision": str(intake.revision)})
    page = client.post(
        f"{LISTS}{intake.pk}/end/", {"what": "undo", "reason": "Sai đợt"}, follow=True
    ).content.decode()
    assert "Danh sách này đã được rút ra" in page
    begin_registry()
    assert not Person.objects.exists()


def test_the_list_of_lists_asks_few_questions(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("coordinator")
    for year in range(1970, 1973):
        send(client, cast, f"Họ và tên;Năm sinh\nNguyễn Thị Hoa;{year}\n")
    client.get(LISTS)
    with django_assert_max_num_queries(18):
        assert client.get(LISTS).status_code == 200


@pytest.mark.parametrize("kind", ["", *RunningSource.Kind.values])
def test_every_template_is_read_without_a_question(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(template(kind, ["Hoa Kỳ", "Úc"]))
    rows = [row["cells"] for row in read_tables(path)[0]["rows"]]
    table = guess_columns(rows, today=date(2026, 11, 23))
    assert all(column.field and column.certainty > 0.9 for column in table.columns)


def told(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_first_page_says_what_waits_of_lists(cast: Cast, signed_in: SignedIn) -> None:
    sender, keeper = signed_in("outsider"), signed_in("coordinator")
    send(sender, cast, sender=cast.department_b.pk)
    assert "Sửa các hàng sai của một danh sách rồi gửi lại" in told(sender)
    assert "Xem một danh sách người và đưa vào sổ" in told(keeper)
    assert "ds.csv" not in told(signed_in("officer"))
    send(sender, cast, "Họ và tên;Năm sinh\nLê Văn Ba;1970\n", sender=cast.department_b.pk)
    assert "Sửa các hàng sai" not in told(sender)


def test_the_first_page_says_that_a_list_was_not_read(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("outsider")
    begin_registry()
    data = {
        "source": f"round-{cast_round()}",
        "sender": str(cast.department_b.pk),
        "file": SimpleUploadedFile("trong.csv", "Họ và tên;Năm sinh\n".encode()),
    }
    client.post(LISTS, data)
    assert "Có danh sách không đọc được: hãy gửi lại" in told(client)
