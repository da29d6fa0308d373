from __future__ import annotations

import pytest
from tests.cast import Cast

from nhipcau.apps.audit.models import Event
from nhipcau.apps.plans.models import Assignment
from nhipcau.apps.reporting.actions import (
    Pick,
    begin_consolidation,
    drop_paragraph,
    drop_source,
    edit_paragraph,
    generate_draft,
    join_paragraphs,
    move_paragraph,
    move_to_section,
    set_aside,
    take_passages,
    take_up,
    undo_step,
    write_paragraph,
)
from nhipcau.apps.reporting.consolidated import consolidated
from nhipcau.apps.reporting.draft_journal import Place, paragraphs_of
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Passage, SetAside
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province, task

pytestmark = pytest.mark.django_db

LONG = "Đã mở 3 lớp; mời 07 chuyên gia. Đã tặng quà."


@pytest.fixture
def found(cast: Cast) -> Province:
    """Three communes; two wrote the same."""
    made = province(cast, [indicator("kieu-bao", name="số kiều bào")])
    for name in ("Xã Bến Đò", "Xã Cầu Mới", "Xã Đông Nam"):
        made.unit(name)
    made.report("Xã Bến Đò", text=LONG, values={"kieu-bao": 12})
    made.report("Xã Cầu Mới", text="Tiếp tục phối hợp. Tuyên truyền tốt.")
    made.report("Xã Đông Nam", text="TIẾP TỤC PHỐI HỢP! Tuyên truyền tốt")
    return made


@pytest.fixture
def draft(found: Province, cast: Cast) -> Consolidation:
    return begin_consolidation(found.period, actor=cast.coordinator)


def passage(found: Province, name: str) -> Passage:
    return Passage.objects.get(submission__obligation=found.units[name])


def shown(draft: Consolidation, found: Province) -> list[str]:
    return [row.text for row in paragraphs_of(draft.pk, Place(found.sections["narrative"].pk))]


def take(draft: Consolidation, found: Province, name: str, cast: Cast) -> Paragraph:
    return take_passages(draft, Pick(passage(found, name).pk), actor=cast.coordinator)


def test_a_draft_is_begun_once(found: Province, draft: Consolidation, cast: Cast) -> None:
    assert begin_consolidation(found.period, actor=cast.second_coordinator).pk == draft.pk


def test_marked_sentences_become_a_paragraph_with_its_source(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    first = passage(found, "Xã Bến Đò")
    made = take_passages(draft, Pick(first.pk, ((13, 31), (32, 44))), actor=cast.coordinator)
    assert made.text == "mời 07 chuyên gia. Đã tặng quà."
    assert list(made.sources.values_list("passage", "start", "end")) == [(first.pk, 13, 44)]
    assert Event.objects.filter(verb="reporting.take_passages", actor_id=cast.coordinator.pk).exists()


def test_the_same_words_are_taken_once_with_all_their_units(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    one, other = passage(found, "Xã Cầu Mới"), passage(found, "Xã Đông Nam")
    made = take_passages(draft, Pick(one.pk, ((0, 18),)), actor=cast.coordinator, also=[other.pk])
    assert made.text == "Tiếp tục phối hợp."
    spans = list(made.sources.values_list("passage", "start", "end"))
    assert spans == [(one.pk, 0, 18), (other.pk, 0, 18)]


def test_words_go_behind_a_paragraph_that_is_there(found: Province, draft: Consolidation, cast: Cast) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    other = passage(found, "Xã Cầu Mới")
    take_passages(draft, Pick(other.pk), actor=cast.coordinator, into=(made.pk, made.version))
    made.refresh_from_db()
    assert made.text == f"{LONG} Tiếp tục phối hợp. Tuyên truyền tốt."
    assert made.sources.count() == 2


def test_what_went_back_meanwhile_is_not_taken(found: Province, draft: Consolidation, cast: Cast) -> None:
    old = passage(found, "Xã Bến Đò")
    found.report("Xã Bến Đò", text="Mới hơn.", number=2)
    with pytest.raises(Refused) as refused:
        take_passages(draft, Pick(old.pk), actor=cast.coordinator)
    assert refused.value.code == "passage-gone"
    assert not Paragraph.objects.exists()


def test_a_source_that_was_sent_again_is_told_with_the_new_version(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    take(draft, found, "Xã Bến Đò", cast)
    newer = found.report("Xã Bến Đò", text="Mới hơn.", number=2)
    source = consolidated(found.period).sections[0].paragraphs[0].sources[0]
    assert (source.counts, source.newer) == (False, newer.pk)


def test_an_empty_line_splits_a_paragraph_and_its_sources(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    other = passage(found, "Xã Cầu Mới")
    made = take_passages(draft, Pick(other.pk), actor=cast.coordinator, into=(made.pk, made.version))
    text = f"{LONG}\n\nTiếp tục phối hợp. Tuyên truyền tốt."
    parts = edit_paragraph(made, text, actor=cast.coordinator, version=made.version)
    assert shown(draft, found) == [part.text for part in parts] == text.split("\n\n")
    sources = [list(part.sources.values_list("passage", flat=True)) for part in parts]
    assert sources == [[passage(found, "Xã Bến Đò").pk], [other.pk]]


def test_words_that_were_rewritten_keep_their_sources(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    parts = edit_paragraph(made, "Viết lại.\n\nHẳn hoi.", actor=cast.coordinator, version=made.version)
    assert [part.sources.count() for part in parts] == [1, 1]


def test_joined_paragraphs_have_the_sources_of_both(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    take(draft, found, "Xã Bến Đò", cast)
    second = take(draft, found, "Xã Cầu Mới", cast)
    whole = join_paragraphs(second, actor=cast.coordinator, version=second.version)
    assert shown(draft, found) == [f"{LONG} Tiếp tục phối hợp. Tuyên truyền tốt."]
    assert whole.sources.count() == 2
    with pytest.raises(Refused) as refused:
        join_paragraphs(whole, actor=cast.coordinator, version=whole.version)
    assert refused.value.code == "none-before"


def test_paragraphs_change_places(found: Province, draft: Consolidation, cast: Cast) -> None:
    take(draft, found, "Xã Bến Đò", cast)
    second = take(draft, found, "Xã Cầu Mới", cast)
    move_paragraph(second, -1, actor=cast.coordinator, version=second.version)
    assert shown(draft, found)[0].startswith("Tiếp tục")
    second.refresh_from_db()
    move_paragraph(second, 1, actor=cast.coordinator, version=second.version)
    assert shown(draft, found)[0] == LONG


def test_a_paragraph_goes_into_another_section_with_its_sources_and_back(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    other = write_paragraph(draft, Place(found.sections["tasks"].pk), "Đã có", actor=cast.coordinator)
    tasks, seen = found.sections["tasks"].pk, made.version
    moved = move_to_section(made, tasks, actor=cast.coordinator, version=seen)
    assert [row.pk for row in paragraphs_of(draft.pk, Place(tasks))] == [other.pk, moved.pk]
    assert shown(draft, found) == []
    assert moved.sources.count() == 1
    with pytest.raises(Stale):
        move_to_section(made, tasks, actor=cast.second_coordinator, version=seen)
    undo_step(draft, actor=cast.coordinator)
    assert shown(draft, found) == [LONG]
    assert Paragraph.objects.get(pk=made.pk).sources.count() == 1
    assert [row.pk for row in paragraphs_of(draft.pk, Place(tasks))] == [other.pk]


def test_a_paragraph_goes_into_no_section_of_figures_and_of_no_other_form(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    for section in (found.sections["indicators"].pk, 0):
        with pytest.raises(Refused, match="no-such-section"):
            move_to_section(made, section, actor=cast.coordinator, version=made.version)


def test_of_two_at_once_the_slower_is_told(found: Province, draft: Consolidation, cast: Cast) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    seen = made.version
    edit_paragraph(made, "Của người nhanh.", actor=cast.coordinator, version=seen)
    with pytest.raises(Stale) as stale:
        edit_paragraph(made, "Của người chậm.", actor=cast.second_coordinator, version=seen)
    assert cast.coordinator.full_name in stale.value.message()
    assert shown(draft, found) == ["Của người nhanh."]
    drop_paragraph(made, actor=cast.coordinator, version=seen + 1)
    with pytest.raises(Stale):
        edit_paragraph(made, "Của người chậm.", actor=cast.second_coordinator, version=seen)


def test_changes_of_different_paragraphs_do_not_collide(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    one, other = take(draft, found, "Xã Bến Đò", cast), take(draft, found, "Xã Cầu Mới", cast)
    edit_paragraph(one, "Một.", actor=cast.coordinator, version=one.version)
    edit_paragraph(other, "Hai.", actor=cast.second_coordinator, version=other.version)
    assert shown(draft, found) == ["Một.", "Hai."]


def test_every_change_is_taken_back_in_turn(found: Province, draft: Consolidation, cast: Cast) -> None:
    actor = cast.coordinator
    made = take(draft, found, "Xã Bến Đò", cast)
    edit_paragraph(made, "Một.\n\nHai.", actor=actor, version=made.version)
    made.refresh_from_db()
    drop_paragraph(made, actor=actor, version=made.version)
    assert shown(draft, found) == ["Hai."]
    undo_step(draft, actor=actor)
    assert shown(draft, found) == ["Một.", "Hai."]
    undo_step(draft, actor=actor)
    assert shown(draft, found) == [LONG]
    assert Paragraph.objects.get().sources.count() == 1
    undo_step(draft, actor=actor)
    assert shown(draft, found) == []
    with pytest.raises(Refused) as refused:
        undo_step(draft, actor=actor)
    assert refused.value.code == "nothing-to-undo"


def test_what_somebody_else_changed_since_is_not_taken_back(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    edit_paragraph(made, "Sửa.", actor=cast.second_coordinator, version=made.version)
    with pytest.raises(Stale) as stale:
        undo_step(draft, actor=cast.coordinator)
    assert cast.second_coordinator.full_name in stale.value.message()


def test_a_passage_is_set_aside_with_a_reason_and_taken_up_again(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    pk = passage(found, "Xã Bến Đò").pk
    with pytest.raises(Refused) as refused:
        set_aside(draft, [pk], "  ", actor=cast.coordinator)
    assert refused.value.code == "reason"
    set_aside(draft, [pk], "Đã có ở mục khác", actor=cast.coordinator)
    left = {each.passage: each for each in consolidated(found.period).not_taken}
    assert (left[pk].set_aside, left[pk].reason) == (True, "Đã có ở mục khác")
    take_up(draft, [pk], actor=cast.coordinator)
    assert not SetAside.objects.exists()
    undo_step(draft, actor=cast.coordinator)
    assert SetAside.objects.get().passage_id == pk


def test_what_is_taken_is_not_set_aside_any_more(found: Province, draft: Consolidation, cast: Cast) -> None:
    set_aside(draft, [passage(found, "Xã Bến Đò").pk], "Chung chung", actor=cast.coordinator)
    take(draft, found, "Xã Bến Đò", cast)
    assert not SetAside.objects.exists()


def test_a_source_can_be_taken_from_a_paragraph(found: Province, draft: Consolidation, cast: Cast) -> None:
    made = take(draft, found, "Xã Bến Đò", cast)
    drop_source(made, passage(found, "Xã Bến Đò").pk, actor=cast.coordinator, version=made.version)
    assert not made.sources.exists()


def test_nothing_is_dropped_silently(found: Province, draft: Consolidation, cast: Cast) -> None:
    take(draft, found, "Xã Bến Đò", cast)
    assert [each.name for each in consolidated(found.period).not_taken] == ["Xã Cầu Mới", "Xã Đông Nam"]


def test_figures_stand_as_tokens_and_unknown_ones_are_told(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    place = Place(found.sections["indicators"].pk)
    text = "Có [[kieu-bao]] kiều bào ([[kieu-bao|n]]), [[khong-co]], [[kieu-bao|target]]."
    write_paragraph(draft, place, text, actor=cast.coordinator)
    [paragraph] = consolidated(found.period).sections[2].paragraphs
    assert paragraph.text.startswith("Có 12 kiều bào (1 trên 3 đơn vị báo cáo), ")
    assert paragraph.unresolved == ("[[khong-co]]", "[[kieu-bao|target]]")


def test_a_figure_of_a_group_of_units_alone(found: Province, draft: Consolidation, cast: Cast) -> None:
    found.unit("Sở Công Thương", "department", short="SCT")
    found.report("Sở Công Thương", text="", values={"kieu-bao": 30})
    communes = "cấp xã [[kieu-bao@communes]] ([[kieu-bao@communes|n]])"
    text = f"Cả tỉnh [[kieu-bao]], {communes}, sở [[kieu-bao@agencies]]"
    wrong = "[[kieu-bao@party]] [[kieu-bao@communes|target]] [[kieu-bao@nowhere]]"
    write_paragraph(draft, Place(found.sections["narrative"].pk), f"{text}. {wrong}", actor=cast.coordinator)
    out = consolidated(found.period)
    (said,) = out.sections[0].paragraphs
    assert said.text.startswith("Cả tỉnh 42, cấp xã 12 (1 trên 3 đơn vị báo cáo), sở 30.")
    assert out.unresolved == tuple(wrong.split())


def test_a_first_draft_says_figures_with_how_many_answered(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    generate_draft(draft, actor=cast.coordinator)
    out = consolidated(found.period)
    assert out.sections[2].paragraphs[0].text == (
        "số kiều bào toàn tỉnh: 12 người (1 trên 3 đơn vị báo cáo)."
    )
    [repeated] = out.sections[0].paragraphs
    assert len(repeated.units) == 2


def test_a_first_draft_never_overwrites_what_somebody_wrote(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    generate_draft(draft, actor=cast.coordinator)
    [made] = paragraphs_of(draft.pk, Place(found.sections["narrative"].pk))
    edit_paragraph(made, "Của tôi.", actor=cast.coordinator, version=made.version)
    generate_draft(draft, actor=cast.second_coordinator)
    assert shown(draft, found) == ["Của tôi."]
    assert Paragraph.objects.filter(section=found.sections["indicators"]).count() == 1
    undo_step(draft, actor=cast.second_coordinator)
    assert shown(draft, found) == ["Của tôi."]


def test_results_come_from_who_leads_the_task_in_the_order_of_the_plan(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    second, first = task(cast, "Việc hai"), task(cast, "Việc một")
    first.position, second.position = 1, 2
    first.save(), second.save()
    lead = found.units["Xã Bến Đò"].organisation
    for each in (first, second):
        Assignment.objects.create(task=each, organisation=lead, role="responsible")
    texts = [{"kind": "tasks", "task": each, "text": f"Xong {each.text}."} for each in (second, first)]
    found.report("Xã Bến Đò", texts=texts, number=2)
    others = [{"kind": "tasks", "task": first, "text": "Có phối hợp."}]
    found.report("Xã Cầu Mới", texts=others, number=2)
    generate_draft(draft, actor=cast.coordinator, section=found.sections["tasks"])
    rows = consolidated(found.period).sections[1].paragraphs
    assert [row.text for row in rows] == ["Xã Bến Đò: Xong Việc một.", "Xã Bến Đò: Xong Việc hai."]


def test_difficulties_are_gathered_by_body_the_same_ones_once(
    found: Province, draft: Consolidation, cast: Cast
) -> None:
    asks = (
        ("Xã Bến Đò", "Đề nghị Sở Tài chính", "Bố trí kinh phí."),
        ("Xã Cầu Mới", "STC", "Bố trí kinh phí"),
        ("Xã Đông Nam", "UBND huyện", "Cho thêm người."),
    )
    for name, addressee, text in asks:
        fields = {"kind": "difficulties", "addressee": addressee, "text": text}
        found.report(name, texts=[fields], number=2)
    generate_draft(draft, actor=cast.coordinator)
    bodies = consolidated(found.period).difficulties
    assert [body.addressee for body in bodies] == ["Sở Tài chính tỉnh Mẫu", "UBND huyện"]
    assert len(bodies[0].paragraphs) == 1
    assert len(bodies[0].paragraphs[0].units) == 2
