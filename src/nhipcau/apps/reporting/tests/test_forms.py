"""A form is built of sections and figures, put in use, and changed by its next version."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.actions.build_section import (
    Stated,
    add_section,
    ask_figure,
    drop_section,
    edit_section,
    move_section,
)
from nhipcau.apps.reporting.actions.create_form import (
    begin_version,
    create_form,
    drop_draft_version,
    end_form,
)
from nhipcau.apps.reporting.actions.load_forms import load_forms
from nhipcau.apps.reporting.actions.put_in_use import edit_version, put_in_use
from nhipcau.apps.reporting.differing import differences
from nhipcau.apps.reporting.models import Form, FormVersion, Section, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.reports import make_indicator
from nhipcau.core.text import fold

LOADER = System("test-loader")


@pytest.fixture
def draft(cast: Cast) -> FormVersion:
    return create_form("Báo cáo quý", author=cast.coordinator, actor=cast.coordinator)


@pytest.fixture
def people(cast: Cast) -> IndicatorVersion:
    return make_indicator(cast, "Số kiều bào", splits=["sex"])


def in_use(cast: Cast, version: FormVersion) -> FormVersion:
    version.refresh_from_db()
    return put_in_use(version, revision=version.revision, actor=cast.coordinator)


def titles(version: FormVersion) -> list[str]:
    return list(version.sections.order_by("position").values_list("title", flat=True))


def test_sections_stand_in_the_order_that_they_are_moved_to(cast: Cast, draft: FormVersion) -> None:
    made = [
        add_section(draft, Stated("narrative", name), actor=cast.coordinator) for name in ("Một", "Hai", "Ba")
    ]
    move_section(made[2], "up", actor=cast.coordinator)
    move_section(made[0], "up", actor=cast.coordinator)
    assert titles(draft) == ["Một", "Ba", "Hai"]
    drop_section(made[0], actor=cast.coordinator)
    assert titles(draft) == ["Ba", "Hai"]
    assert list(draft.sections.values_list("position", flat=True)) == [1, 2]
    with pytest.raises(Refused, match="section-gone"):
        edit_section(made[0], Stated("narrative", "X"), actor=cast.coordinator)


def test_a_version_in_use_is_frozen_by_the_database_too(cast: Cast, draft: FormVersion) -> None:
    section = add_section(draft, Stated("narrative", "Kết quả"), actor=cast.coordinator)
    in_use(cast, draft)
    with pytest.raises(Refused, match="form-frozen"):
        add_section(draft, Stated("narrative", "Thêm"), actor=cast.coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Section.objects.filter(pk=section.pk).update(title="Khác")


def test_what_asks_for_nothing_is_not_put_in_use(
    cast: Cast, draft: FormVersion, people: IndicatorVersion
) -> None:
    with pytest.raises(Refused, match="form-empty"):
        in_use(cast, draft)
    section = add_section(draft, Stated("indicators", "Số liệu"), actor=cast.coordinator)
    with pytest.raises(Refused, match="section-without-figures"):
        in_use(cast, draft)
    ask_figure(section, people, splits=["sex"], actor=cast.coordinator)
    assert in_use(cast, draft).state == "in_use"


def test_who_did_not_see_the_last_change_is_told(cast: Cast, draft: FormVersion) -> None:
    add_section(draft, Stated("narrative", "Kết quả"), actor=cast.second_coordinator)
    with pytest.raises(Stale):
        put_in_use(draft, revision=0, actor=cast.coordinator)


def test_a_figure_is_asked_for_once_and_only_as_its_definition_allows(
    cast: Cast, draft: FormVersion, people: IndicatorVersion
) -> None:
    one, two, text = (
        add_section(draft, Stated(kind, name), actor=cast.coordinator)
        for kind, name in (("indicators", "A"), ("indicators", "B"), ("narrative", "C"))
    )
    ask_figure(one, people, actor=cast.coordinator)
    ask_figure(one, people, splits=["sex"], required=False, actor=cast.coordinator)
    assert SectionIndicator.objects.get().splits == ["sex"]
    for section, splits, code in (
        (two, [], "asked-elsewhere"),
        (text, [], "no-figures-here"),
        (one, ["country"], "no-such-split"),
    ):
        with pytest.raises(Refused, match=code):
            ask_figure(section, people, splits=splits, actor=cast.coordinator)


def test_the_next_version_says_what_changed_and_ends_the_one_before(
    cast: Cast, draft: FormVersion, people: IndicatorVersion
) -> None:
    add_section(draft, Stated("narrative", "Kết quả"), actor=cast.coordinator)
    figures = add_section(draft, Stated("indicators", "Số liệu"), actor=cast.coordinator)
    ask_figure(figures, people, splits=["sex"], actor=cast.coordinator)
    first = in_use(cast, draft)
    second = begin_version(first.form, actor=cast.coordinator)
    assert begin_version(first.form, actor=cast.coordinator) == second
    assert differences(first, second) == []
    edit_section(
        second.sections.get(key="ket-qua"), Stated("narrative", "Kết quả chính"), actor=cast.coordinator
    )
    add_section(second, Stated("difficulties", "Khó khăn"), actor=cast.coordinator)
    ask_figure(second.sections.get(key="so-lieu"), people, splits=[], actor=cast.coordinator)
    said = fold(" ".join(differences(first, second)))
    for words in ("i. ket qua chinh", "truoc co ten", "them:", "iii. kho khan", "doi cach chia nhom"):
        assert words in said
    with pytest.raises(Refused, match="change-note"):
        in_use(cast, second)
    edit_version(second, guidance="", change_note="Thêm mục khó khăn", actor=cast.coordinator)
    in_use(cast, second)
    first.refresh_from_db()
    assert first.state == "ended"


def test_a_new_definition_is_taken_by_the_next_version(
    cast: Cast, draft: FormVersion, people: IndicatorVersion
) -> None:
    section = add_section(draft, Stated("indicators", "Số liệu"), actor=cast.coordinator)
    ask_figure(section, people, actor=cast.coordinator)
    first = in_use(cast, draft)
    IndicatorVersion.objects.filter(pk=people.pk).update(state="ended")
    newer = IndicatorVersion.objects.create(
        indicator=people.indicator,
        number=2,
        name="Số kiều bào",
        definition="Khác",
        unit="người",
        change_note="Định nghĩa lại",
        state="in_use",
    )
    second = begin_version(first.form, actor=cast.coordinator)
    assert SectionIndicator.objects.get(section__version=second).indicator == newer
    assert SectionIndicator.objects.get(section__version=first).indicator == people


def test_a_draft_that_nobody_needs_goes_and_a_form_without_versions_with_it(
    cast: Cast, draft: FormVersion
) -> None:
    add_section(draft, Stated("narrative", "Kết quả"), actor=cast.coordinator)
    drop_draft_version(draft, actor=cast.coordinator)
    assert not Form.objects.exists()


def test_ending_a_form_needs_a_reason(cast: Cast, draft: FormVersion) -> None:
    add_section(draft, Stated("narrative", "Kết quả"), actor=cast.coordinator)
    form = in_use(cast, draft).form
    with pytest.raises(Refused, match="reason"):
        end_form(form, reason=" ", actor=cast.coordinator)
    end_form(form, reason="Thay bằng mẫu mới", actor=cast.coordinator)
    assert form.versions.get().state == "ended"


def test_an_officer_builds_no_form(cast: Cast, draft: FormVersion) -> None:
    with pytest.raises(PermissionDenied):
        create_form("X", author=cast.officer, actor=cast.officer)


def test_the_standard_forms_are_loaded_once_and_are_in_use(cast: Cast, signed_in: SignedIn) -> None:
    load_library(actor=LOADER)
    assert len(load_forms(actor=LOADER)) == 2
    assert load_forms(actor=LOADER) == []
    forms = Form.objects.filter(code__isnull=False)
    assert [each.versions.get().state for each in forms] == ["in_use", "in_use"]
    asked = SectionIndicator.objects.filter(section__version__form__in=forms)
    assert asked.count() == 28
    page = signed_in("officer").get(f"/reports/forms/{forms[0].pk}/").content.decode()
    assert "Khó khăn, vướng mắc" in page


def test_a_coordinator_builds_a_form_page_by_page(
    cast: Cast, people: IndicatorVersion, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    assert client.post("/reports/forms/new/", {"title": ""}).status_code == 422
    client.post("/reports/forms/new/", {"title": "Báo cáo tháng"})
    version = FormVersion.objects.get()
    act = f"/reports/forms/versions/{version.pk}/build/act/"
    refused = client.post(act, {"what": "section", "title": "", "kind": "narrative", "level": "1"})
    assert refused.status_code == 422
    client.post(
        act, {"what": "section", "title": "Số liệu", "kind": "indicators", "level": "1", "required": "on"}
    )
    section = version.sections.get()
    path = f"/reports/forms/sections/{section.pk}/"
    assert "Số kiều bào" in client.get(path, {"q": "so kieu bao"}).content.decode()
    part = client.get(path, {"q": "so kieu"}, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "Số kiều bào" in part
    client.post(path + "act/", {"what": "ask", "indicator": people.pk, "split": "sex", "required": "1"})
    version.refresh_from_db()
    done = client.post(act, {"what": "use", "revision": version.revision}, follow=True)
    assert "Theo giới tính" in done.content.decode()
    version.refresh_from_db()
    assert version.state == "in_use"


def test_the_list_of_forms_asks_as_many_queries_for_many_as_for_few(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")

    def made(count: int) -> None:
        for number in range(count):
            create_form(f"Mẫu {number}", author=cast.coordinator, actor=cast.coordinator)

    def asked() -> int:
        client.get("/reports/forms/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/reports/forms/").status_code == 200
        return len(found)

    made(2)
    few = asked()
    made(30)
    assert asked() == few <= 20
