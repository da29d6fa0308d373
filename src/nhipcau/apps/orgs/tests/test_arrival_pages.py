"""The pages of a sheet of agencies and people, as a coordinator goes through them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.cast import SignedIn

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Arrival
from nhipcau.core.tablereader import read_tables

SHEET = (
    "Họ và tên;Thư điện tử;Vai trò;Cơ quan\nLý Mới;moi@example.vn;chuyên viên;SNgV\n;x@example.vn;vua;SNgV\n"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in("coordinator")


def send(client: Client, text: str = SHEET, name: str = "nguoi.csv") -> str:
    file = SimpleUploadedFile(name, text.encode("utf-8"))
    response = client.post("/organisations/sheets/", {"file": file}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_sheet_is_sent_looked_at_and_entered(client: Client) -> None:
    page = send(client)
    assert "1 trên 2 hàng có lỗi" in page
    assert "“<span data-user-text>vua</span>” không phải là vai trò" in page
    arrival = Arrival.objects.get()
    page = client.post(f"/organisations/sheets/{arrival.pk}/confirm/", follow=True).content.decode()
    assert "Danh sách đã được nhập" in page
    assert User.objects.filter(email="moi@example.vn").exists()


def test_the_same_file_leads_to_what_it_became(client: Client) -> None:
    send(client)
    arrival = Arrival.objects.get()
    client.post(f"/organisations/sheets/{arrival.pk}/confirm/")
    assert "đã được nhập trước đây" in send(client, name="khac.csv")
    assert Arrival.objects.count() == 1


def test_the_wrong_rows_are_downloaded(client: Client, tmp_path: Path) -> None:
    send(client)
    response = client.get(f"/organisations/sheets/{Arrival.objects.get().pk}/wrong/")
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(response.content)
    (sheet,) = read_tables(path)
    assert len(sheet["rows"]) == 2
    assert "vua" in sheet["rows"][1]["cells"]


def test_a_file_that_is_no_sheet_is_answered_with_what_to_do(client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", b"MZ\x90\x00" + bytes(100))
    response = client.post("/organisations/sheets/", {"file": file})
    assert response.status_code == 422
    assert ".csv" in response.content.decode()


def test_a_sheet_that_is_being_checked_shows_how_far_it_is(client: Client, settings: Settings) -> None:
    settings.JOBS_INLINE = False
    page = send(client)
    assert "Đang kiểm tra danh sách" in page
    assert "hx-get" in page


def test_what_was_built_on_is_named_when_undoing_is_refused(client: Client) -> None:
    send(client)
    arrival = Arrival.objects.get()
    client.post(f"/organisations/sheets/{arrival.pk}/confirm/")
    user = User.objects.get(email="moi@example.vn")
    user.set_password("cầu tre lắc lẻo 36")
    user.save()
    response = client.post(f"/organisations/sheets/{arrival.pk}/undo/", {"reason": "nhầm"})
    assert response.status_code == 422
    assert "Lý Mới" in response.content.decode()
    user.set_unusable_password()
    user.save()
    client.post(f"/organisations/sheets/{arrival.pk}/undo/", {"reason": "nhầm"})
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_the_page_of_many_rows_asks_as_often_as_that_of_few(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = "".join(f"Người {n};nguoi{n}@example.vn;chuyên viên;SNgV\n" for n in range(120))
    send(client, SHEET + rows)
    with django_assert_max_num_queries(20):
        client.get(f"/organisations/sheets/{Arrival.objects.get().pk}/?page=2")


def test_the_template_is_a_workbook_of_both(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(client.get("/organisations/sheets/template/").content)
    assert [sheet["name"] for sheet in read_tables(path)] == ["Cơ quan", "Người dùng", "Danh mục"]
