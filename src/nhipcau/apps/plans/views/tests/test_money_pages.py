"""The pages of the estimates: what is typed is understood, said back, and never lost."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import enter_amounts, fill_estimates
from nhipcau.apps.plans.actions.enter_amounts import Given
from nhipcau.apps.plans.models import EstimateLine
from nhipcau.apps.plans.tests.estimates import Opened, line, opened
from nhipcau.apps.plans.views.tests.conftest import Own

TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> Opened:
    return opened(cast)


def row(task: int, number: int = 900, **typed: str) -> dict[str, str]:
    said = {
        "content": "Thuê hội trường",
        "quantity": "2",
        "unit": "buổi",
        "norm": "1,5 triệu",
        "source": "province",
    }
    return {f"t{task}_{number}-{name}": value for name, value in {**said, **typed}.items()}


def of(world: Opened) -> str:
    return f"/money/agencies/{world.a.pk}/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_an_officer_enters_all_her_tasks_on_one_page_and_sends(world: Opened, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    assert "What do your tasks cost in 2027?" in page(client, of(world) + "lines/")
    typed = {**row(world.tasks[0].pk), **row(world.tasks[1].pk, norm="2 tỷ 500 triệu", quantity="1")}
    assert client.post(of(world) + "lines/", {**typed, "then": "save"}).status_code == 302
    back = page(client, of(world) + "lines/")
    assert "3.000.000 đồng (3 triệu)" in back
    assert "2.500.000.000 đồng (2,5 tỷ)" in back
    assert "2.503.000.000 đồng" in back

    old = EstimateLine.objects.order_by("pk")
    kept = {f"l{old[0].pk}t{world.tasks[0].pk}_0-content": "", f"l{old[0].pk}t{world.tasks[0].pk}_0-norm": ""}
    assert client.post(of(world) + "lines/", {**kept, "then": "send"}).status_code == 302
    assert [each.norm for each in world.lines()] == [2_500_000_000]
    world.a.refresh_from_db()
    assert world.a.sent_at is not None


def test_what_the_page_did_not_send_stays(world: Opened, signed_in: SignedIn) -> None:
    fill_estimates(world.a, [line(world.tasks[0])], version=0, actor=world.cast.officer)
    assert signed_in("officer").post(of(world) + "lines/", {}).status_code == 302
    assert len(world.lines()) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"norm": "1,500 triệu"}, "Write <span data-user-text>1.500 triệu</span> or"),
        ({"norm": "nhiều"}, "Write an amount such as <span data-user-text>1.500.000</span>"),
        ({"norm": ""}, "Write the price or norm of one unit."),
        ({"content": ""}, "Write what the money is for."),
        ({"quantity": "-2"}, "An amount is not negative."),
    ],
)
def test_what_is_not_understood_is_said_beside_its_line_and_nothing_is_lost(
    world: Opened, signed_in: SignedIn, typed: dict[str, str], said: str
) -> None:
    good = row(world.tasks[1].pk, content="Dòng đúng")
    response = signed_in("officer").post(of(world) + "lines/", {**row(world.tasks[0].pk, **typed), **good})
    assert response.status_code == 422
    shown = response.content.decode()
    assert said in shown
    assert "Dòng đúng" in shown
    assert "nothing was saved" in shown
    assert not world.lines()


def test_a_second_page_is_told_that_the_first_was_saved(world: Opened, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    assert client.post(of(world) + "lines/", {**row(world.tasks[0].pk), "seen": "0"}).status_code == 302
    late = client.post(of(world) + "lines/", {**row(world.tasks[1].pk), "seen": "0"})
    assert late.status_code == 422
    assert "Somebody else has changed these figures" in late.content.decode()


def test_the_coordinator_gives_her_view_and_the_finance_agency_appraises(
    world: Opened, signed_in: SignedIn
) -> None:
    world.send(500_000, 700_000)
    first, second = world.lines()
    coordinator, finance = signed_in("coordinator"), signed_in("outsider")
    day = {"decided_on": "20/11/2026"}
    no_reason = coordinator.post(of(world) + "amounts/advised/", {**day, f"l{first.pk}-amount": "900 nghìn"})
    assert no_reason.status_code == 422
    assert "differs from the step before" in no_reason.content.decode()
    sent = {**day, f"l{first.pk}-amount": "900 nghìn", f"l{first.pk}-reason": "Giảm", "copy": "1"}
    assert coordinator.post(of(world) + "amounts/advised/", sent).status_code == 302
    assert coordinator.get(of(world) + "amounts/appraised/").status_code == 403

    granted = {
        **day,
        f"l{first.pk}-amount": "900.000",
        f"l{second.pk}-amount": "0",
        f"l{second.pk}-reason": "Không",
    }
    assert finance.post(of(world) + "amounts/appraised/", granted).status_code == 302
    shown = page(coordinator, of(world) + "?unit=dong")
    assert "2.300.000" in shown
    assert ">-<" in shown
    assert ">…<" in shown


def test_the_round_says_who_is_missing_and_of_how_many_its_sums_are(
    world: Opened, signed_in: SignedIn
) -> None:
    world.send(500_000)
    shown = page(signed_in("coordinator"), "/money/2027/?unit=dong")
    assert "Estimates for 2027: 1 of 2 agencies has not sent" in shown
    assert "1.000.000" in shown
    assert "1 of 2" in shown
    assert "Sở Tài chính tỉnh Mẫu" in shown
    assert "Sở Công Thương" not in page(signed_in("coordinator"), "/money/2027/?state=missing&q=so+tai")


def test_the_pages_keep_to_their_queries(world: Opened, signed_in: SignedIn, own_queries: Own) -> None:
    world.send(*([500_000] * 12))
    coordinator = signed_in("coordinator")
    assert len(own_queries(coordinator, "/money/")) <= 4
    assert len(own_queries(coordinator, "/money/2027/")) <= 8
    assert len(own_queries(coordinator, of(world))) <= 14
    assert len(own_queries(coordinator, of(world) + "amounts/advised/")) <= 8
    assert len(own_queries(signed_in("officer"), "/money/2027/")) <= 8


def test_a_task_says_what_was_asked_for_it_by_who_may_see_it(world: Opened, signed_in: SignedIn) -> None:
    fill_estimates(world.a, [line(world.tasks[0])], version=0, actor=world.cast.officer)
    address = f"/tasks/{world.tasks[0].pk}/"
    assert "1.000.000 đồng" in page(signed_in("officer"), address)
    assert "1.000.000 đồng" not in page(signed_in("coordinator"), address)


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_numbers_formulas_with_their_values_and_no_formula_of_ours(
    world: Opened, signed_in: SignedIn
) -> None:
    lines = [
        line(world.tasks[0], content="=cmd|' /C calc'!A1"),
        line(world.tasks[1], norm=333, quantity="1.5", content="Nước uống"),
    ]
    fill_estimates(world.a, lines, version=0, actor=world.cast.officer)
    world.a.refresh_from_db()
    client = signed_in("officer")
    client.post(of(world) + "send/")
    first = world.lines()[0]
    given = {first.pk: Given(0, "Không có nguồn")}
    enter_amounts(world.a, "advised", given, decided_on=TODAY, actor=world.cast.coordinator)
    response = signed_in("outsider").post("/money/2027/export/", {"which": "lead"})
    body = response.content

    found = sheets(body)
    assert list(found) == ["Tổng hợp", "Chi tiết", "Chưa gửi"]
    summary = found["Tổng hợp"]
    assert summary[0][0] == "TỔNG HỢP DỰ TOÁN KINH PHÍ THỰC HIỆN NHIỆM VỤ NĂM 2027"
    assert "1/2" in summary[1][0]
    by_name = {each[1]: each for each in summary}
    assert by_name["Sở Công Thương tỉnh Mẫu"][8] == 1_000_500
    assert by_name["Sở Tài chính tỉnh Mẫu"][8] == "…"
    assert by_name["Tổng cộng"][8] == 1_000_500
    details = {each[4]: each for each in found["Chi tiết"]}
    assert details["Nước uống"][8] == 500
    assert details["=cmd|' /C calc'!A1"][10] == 0
    assert details["Nước uống"][10] == "…"
    assert "Không có nguồn" in details["=cmd|' /C calc'!A1"][14]
    assert [each[1] for each in found["Chưa gửi"][5:]] == ["Sở Tài chính tỉnh Mẫu"]

    with zipfile.ZipFile(io.BytesIO(body)) as book:
        xml = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>ROUND(G6*H6,0)</f><v>1000000</v>" in xml
    assert "<f>SUM(I6:I7)</f><v>1000500</v>" in xml
    assert "cmd" not in xml
    assert 'orientation="landscape"' in xml
    assert 'paperSize="9"' in xml


def test_a_file_has_what_its_reader_sees(world: Opened, signed_in: SignedIn) -> None:
    world.send(500_000)
    mine = sheets(signed_in("officer").post("/money/2027/export/").content)["Tổng hợp"]
    assert [each[1] for each in mine[5:7]] == ["Sở Công Thương tỉnh Mẫu", "Tổng cộng"]
