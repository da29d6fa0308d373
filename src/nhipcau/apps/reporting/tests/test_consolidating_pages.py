from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, SignedIn

from nhipcau.apps.reporting.actions import Pick, begin_consolidation, take_passages, write_paragraph
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Passage, SetAside
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Province:
    made = province(cast, [indicator("kieu-bao", name="Số kiều bào")])
    for name in ("Xã Bến Đò", "Xã Cầu Mới", "Xã Đông Nam", "Xã Gò Nổi"):
        made.unit(name)
    near = "Địa phương tiếp tục phối hợp tuyên truyền, vận động kiều bào là chuyên gia hướng về quê hương"
    made.report("Xã Bến Đò", text="Đã mở lớp. Đã tặng quà.", values={"kieu-bao": 12})
    made.report("Xã Cầu Mới", text=f"{near}.")
    made.report("Xã Đông Nam", text=f"{near} thân yêu.")
    return made


@pytest.fixture
def draft(found: Province, cast: Cast) -> Consolidation:
    return begin_consolidation(found.period, actor=cast.coordinator)


def address(name: str, found: Province, *more: Any) -> str:
    return reverse(f"reporting:{name}", args=[found.period.pk, *more])


def workspace(found: Province, kind: str = "narrative") -> str:
    return address("consolidation_section", found, found.sections[kind].pk)


def first(found: Province) -> Passage:
    return Passage.objects.get(submission__obligation=found.units["Xã Bến Đò"])


def test_the_coordinator_begins_with_a_first_draft(found: Province, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = client.get(address("consolidation", found))
    assert "Chưa tổng hợp báo cáo" in page.content.decode()
    done = client.post(address("consolidation_begin", found), {"generate": "1"}, follow=True)
    assert "Còn 3 đoạn chưa xem, ở 1 trên 3 mục" in done.content.decode()
    assert Paragraph.objects.get().generated


def test_the_workspace_says_what_is_left_and_shows_texts_side_by_side(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    page = signed_in("coordinator").get(workspace(found))
    text = page.content.decode()
    assert "Còn đoạn của 3 đơn vị chưa xem" in text
    assert [card.names for card in page.context["cards"]] == [("Xã Bến Đò",), ("Xã Cầu Mới",)]
    [near] = page.context["cards"][1].near
    assert near.name == "Xã Đông Nam"
    assert [change.words for change in near.changes if change.tag == "new"] == ["hương thân yêu."]
    assert page.context["missing"] == ["Xã Gò Nổi"]


def test_marked_sentences_are_taken_without_scripts(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    back = workspace(found)
    wanted = {"passage": first(found).pk, "s": ["11-23"], "back": f"{back}?show=all"}
    done = signed_in("coordinator").post(address("consolidation_take", found), wanted)
    assert done["Location"] == f"{back}?show=all"
    assert Paragraph.objects.get().text == "Đã tặng quà."


def test_a_scripted_change_gets_the_inner_page(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    wanted = {"passage": first(found).pk, "back": workspace(found)}
    done = signed_in("coordinator").post(
        address("consolidation_take", found), wanted, headers={"HX-Request": "true"}
    )
    text = done.content.decode()
    assert text.lstrip().startswith('<div id="co"')
    assert "Đã đưa vào dự thảo" in text
    assert "<!doctype" not in text.lower()


def test_what_was_taken_is_marked_in_the_text_and_named_in_the_draft(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    take_passages(draft, Pick(first(found).pk, ((11, 23),)), actor=cast.coordinator)
    page = signed_in("coordinator").get(workspace(found) + "?show=taken")
    [card] = page.context["cards"]
    assert [piece.taken for piece in card.pieces] == [False, True]
    assert card.numbers == (1,)
    assert "1 nguồn:" in page.content.decode()


def test_setting_aside_needs_a_reason(found: Province, draft: Consolidation, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    wanted = {"passage": first(found).pk, "back": workspace(found)}
    told = client.post(address("consolidation_aside", found), wanted, follow=True)
    assert "Hãy ghi lý do" in told.content.decode() or "lý do" in told.content.decode()
    assert not SetAside.objects.exists()
    client.post(address("consolidation_aside", found), {**wanted, "reason": "Chung chung"})
    assert SetAside.objects.get().reason == "Chung chung"
    client.post(address("consolidation_up", found), wanted)
    assert not SetAside.objects.exists()


def test_who_was_slower_is_told_and_nothing_is_changed(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    made = take_passages(draft, Pick(first(found).pk), actor=cast.coordinator)
    wanted = {"text": "Một.", "version": made.version, "back": workspace(found)}
    path = address("paragraph_edit", found, made.pk)
    signed_in("coordinator").post(path, wanted)
    told = signed_in("second_coordinator").post(path, {**wanted, "text": "Hai."}, follow=True)
    assert cast.coordinator.full_name in told.content.decode()
    assert Paragraph.objects.get().text == "Một."


def test_a_report_that_was_sent_again_is_flagged_with_the_new_words(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    take_passages(draft, Pick(first(found).pk), actor=cast.coordinator)
    found.report("Xã Bến Đò", text="Đã mở lớp. Đã tặng nhiều quà.", number=2)
    page = signed_in("coordinator").get(workspace(found))
    assert "đã gửi lại: xem phần thay đổi" in page.content.decode()
    [renewed] = page.context["rows"][0].renewed
    assert [change.words for change in renewed.changes if change.tag == "new"] == ["nhiều"]


def test_a_total_is_put_in_as_a_token(found: Province, draft: Consolidation, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    section = found.sections["indicators"].pk
    wanted = {"section": section, "text": "Có [[kieu-bao]] người, [[sai]].", "back": workspace(found)}
    client.post(address("consolidation_write", found), wanted)
    text = client.get(workspace(found, "indicators")).content.decode()
    assert "1 trên 4 đơn vị" in text
    assert "[[sai]]" in text
    assert "không tìm thấy" in text


def test_the_leader_reads_and_changes_nothing(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    client = signed_in("leader")
    page = client.get(workspace(found))
    assert page.status_code == 200
    assert 'name="passage"' not in page.content.decode().split("co-take")[0]
    assert client.post(address("consolidation_take", found), {}).status_code == 403


def test_an_address_elsewhere_is_not_followed(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    for back in ("https://example.vn/", "/accounts/logout/", "//example.vn/reports/"):
        done = signed_in("coordinator").post(
            address("consolidation_take", found), {"passage": first(found).pk, "back": back}
        )
        assert done["Location"] == address("consolidation", found)


@pytest.mark.parametrize("name", ["preview", "left", "figures"])
def test_the_draft_is_read_as_a_whole(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn, name: str
) -> None:
    take_passages(draft, Pick(first(found).pk), actor=cast.coordinator)
    page = signed_in("coordinator").get(address(f"consolidation_{name}", found))
    assert page.status_code == 200
    expected = {"preview": "Đã tặng quà.", "left": "Xã Cầu Mới", "figures": "Số kiều bào"}
    assert expected[name] in page.content.decode()


def test_tasks_are_worked_on_one_by_one(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    one, two = task(cast, "Mở lớp tiếng Việt"), task(cast, "Gặp mặt đầu xuân")
    texts = [{"kind": "tasks", "task": each, "text": f"Xong: {each.text}."} for each in (one, two)]
    found.report("Xã Cầu Mới", texts=texts, number=2)
    page = signed_in("coordinator").get(workspace(found, "tasks") + f"?task={two.pk}")
    assert [card.pieces[0].text for card in page.context["cards"]] == ["Xong: Gặp mặt đầu xuân."]
    assert [link["left"] for link in page.context["task_links"]] == [1, 1]


def test_the_workspace_asks_little_however_many_units(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for at in range(15):
        unit = found.unit(f"Xã số {at}")
        found.report(unit, text=f"Kết quả thứ {at}. Đã làm xong {at} việc.")
        passage = Passage.objects.get(submission__obligation=unit)
        if at % 2:
            take_passages(draft, Pick(passage.pk), actor=cast.coordinator)
    client = signed_in("coordinator")
    client.get(workspace(found))
    with django_assert_max_num_queries(25):
        client.get(workspace(found))
    with django_assert_max_num_queries(20):
        client.get(address("consolidation", found))


def test_a_long_draft_is_paged_and_opens_where_words_are_added(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    for n in range(1, 46):
        write_paragraph(draft, Place(found.sections["narrative"].pk), f"Đoạn {n}.", actor=cast.coordinator)
    client = signed_in("coordinator")
    page = client.get(workspace(found))
    assert [row.number for row in page.context["rows"]] == list(range(41, 46))
    assert "sau đoạn 45" in page.content.decode()
    (before,) = page.context["draft_pager"]
    first = client.get(before["href"].partition("#")[0])
    assert [row.number for row in first.context["rows"]] == list(range(21, 41))
    assert "dp=2" in first.context["back"]
    assert len(client.get(f"{workspace(found)}?dp=1").context["rows"]) == 20
    assert client.get(f"{workspace(found)}?dp=99").status_code == 200


def test_a_paragraph_is_moved_into_another_section(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    made = take_passages(draft, Pick(first(found).pk), actor=cast.coordinator)
    client = signed_in("coordinator")
    assert "Sang mục khác" in client.get(workspace(found)).content.decode()
    wanted = {"section": found.sections["tasks"].pk, "version": made.version, "back": workspace(found)}
    client.post(address("paragraph_section", found, made.pk), wanted)
    made.refresh_from_db()
    assert made.section == found.sections["tasks"]


def test_who_changed_nothing_has_nothing_to_take_back(
    found: Province, draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    take_passages(draft, Pick(first(found).pk), actor=cast.coordinator)
    mine = signed_in("coordinator").get(workspace(found)).content.decode()
    assert 'id="co-undo"' in mine
    other = signed_in("second_coordinator").get(workspace(found)).content.decode()
    assert 'id="co-undo"' not in other


def test_the_figures_of_many_units_are_paged(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    for n in range(1, 52):
        found.unit(f"Xã Số {n:02}")
    client = signed_in("coordinator")
    page = client.get(address("consolidation_figures", found))
    assert len(page.context["by_unit"]) == 50
    assert "trên" in page.content.decode()
    assert len(client.get(address("consolidation_figures", found) + "?page=2").context["by_unit"]) == 5


def test_the_same_words_to_two_bodies_are_two_texts(
    found: Province, draft: Consolidation, signed_in: SignedIn
) -> None:
    for name, body in (("Xã Cầu Mới", "STC"), ("Xã Đông Nam", "Sở Tài chính"), ("Xã Gò Nổi", "UBND huyện")):
        said = {"kind": "difficulties", "addressee": body, "text": "Bố trí kinh phí."}
        found.report(name, texts=[said], number=2)
    cards = signed_in("coordinator").get(workspace(found, "difficulties")).context["cards"]
    assert [card.names for card in cards] == [("Xã Cầu Mới", "Xã Đông Nam"), ("Xã Gò Nổi",)]
