"""Steps of an act from a sheet: understood by name and kind, or every wrong cell is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.files.tables import comma_separated, workbook
from nhipcau.apps.orgs.actions import begin_restructuring
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.sheet import HEADS
from nhipcau.apps.orgs.views.restructuring_shown import steps_of

GOOD = (
    ("1", "Hợp nhất", "SCT", "Sở Kinh tế tỉnh Mẫu", "department", "SKT", "", "", "Nghị quyết 12"),
    ("1", "", "so tai chinh tinh mau", "", "", "", "", "", ""),
    ("2", "đổi tên", "Sở Ngoại vụ tỉnh Mẫu", "Sở Đối ngoại", "", "SĐN", "", "", ""),
    ("3", "kết thúc hoạt động một cấp", "xã", "", "", "", "", "", ""),
)


@pytest.fixture
def act(cast: Cast) -> Restructuring:
    return begin_restructuring("Sắp xếp", effective_on=timezone.localdate(), actor=cast.coordinator)


def send(client: Client, act: Restructuring, name: str, body: bytes) -> Any:
    address = reverse("orgs:step_sheet", args=[act.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, body), "revision": "0"})


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_filled_in_sheet_becomes_steps(act: Restructuring, signed_in: SignedIn, form: str) -> None:
    rows = [(*row[:2], *row[2:]) for row in GOOD[:3]]
    body = workbook(HEADS, rows) if form == "xlsx" else comma_separated(HEADS, rows)
    response = send(signed_in("coordinator"), act, f"a.{form}", body)
    assert response.status_code == 302
    first, second = steps_of(act)
    assert first.olds == ["Sở Công Thương tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu"]
    assert first.news == [("Sở Kinh tế tỉnh Mẫu", True)]
    assert (second.olds, second.news) == (["Sở Ngoại vụ tỉnh Mẫu"], [("Sở Đối ngoại", False)])


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("1", "gộp lại", "SCT", "Sở Kinh tế"), "Loại"),
        (("", "hợp nhất", "SCT", "Sở Kinh tế"), "Bước"),
        (("1", "hợp nhất", "Sở Không Có", "SCT"), "Đơn vị trước"),
        (("1", "hợp nhất", "SCT", "Sở Mới"), "Loại đơn vị mới"),
        (("1", "kết thúc hoạt động một cấp", "tổng", ""), "Đơn vị trước"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_taken(
    act: Restructuring, signed_in: SignedIn, row: tuple[str, ...], column: str
) -> None:
    body = workbook(HEADS, [GOOD[2], (*row, *[""] * (len(HEADS) - len(row)))])
    response = send(signed_in("coordinator"), act, "a.xlsx", body)
    assert response.status_code == 422
    assert [(cell.row, cell.column) for cell in response.context["wrong"]] == [(3, column)]
    assert not act.steps.exists()


def test_what_is_no_table_and_what_has_other_heads_is_refused(
    act: Restructuring, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    assert send(client, act, "a.xlsx", bytes(range(256))).context["refusal"]
    assert send(client, act, "a.csv", b"a,b\n1,2\n").context["wrong"]
    assert not act.steps.exists()


def test_the_template_is_taken_back_once_its_examples_are_replaced(
    act: Restructuring, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    template = client.get(reverse("orgs:step_template", args=["xlsx"])).content
    response = send(client, act, "a.xlsx", template)
    assert {cell.text for cell in response.context["wrong"]} >= {"Sở A", "Sở B"}
