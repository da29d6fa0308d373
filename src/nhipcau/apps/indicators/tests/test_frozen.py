"""The database holds what a definition was once it has been used."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.cast import Cast
from tests.permissions.world_of_indicators import make_indicator

from nhipcau.apps.indicators.models import Indicator, IndicatorVersion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Tên khác"),
        ("definition", "Khác"),
        ("unit", "hộ"),
        ("over_units", "max"),
        ("splits", ["sex"]),
    ],
)
def test_a_draft_may_change_and_what_is_in_use_may_not(field: str, value: object) -> None:
    draft = make_indicator("nhap", "Nháp", state="draft")
    IndicatorVersion.objects.filter(pk=draft.pk).update(**{field: value})
    used = make_indicator("dung", "Đang dùng")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        IndicatorVersion.objects.filter(pk=used.pk).update(**{field: value})


def test_it_may_end_and_never_comes_back() -> None:
    used = make_indicator("dung", "Đang dùng")
    IndicatorVersion.objects.filter(pk=used.pk).update(state="ended", ended_reason="Thay bằng bản 2")
    for state in ("in_use", "draft"):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            IndicatorVersion.objects.filter(pk=used.pk).update(state=state)


def test_what_was_used_is_never_deleted_and_a_draft_may_be() -> None:
    used, draft = make_indicator("dung", "Đang dùng"), make_indicator("nhap", "Nháp", state="draft")
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        used.delete()
    draft.delete()
    assert list(IndicatorVersion.objects.all()) == [used]


def test_the_second_version_says_what_changed() -> None:
    used = make_indicator("dung", "Đang dùng")
    second = IndicatorVersion(indicator=used.indicator, number=2, name="a", definition="b", unit="c")
    with pytest.raises(IntegrityError, match="explained"), transaction.atomic():
        second.save()
    second.change_note = "Tính cả người về nước trong năm"
    second.save()


def test_a_ratio_has_its_parts() -> None:
    with pytest.raises(IntegrityError, match="ratio_has_parts"), transaction.atomic():
        make_indicator("ty-le", "Tỷ lệ", kind="ratio")


def test_a_draft_alone_is_seen_by_those_who_write_it(cast: Cast) -> None:
    draft, used = make_indicator("nhap", "Nháp", state="draft"), make_indicator("dung", "Đang dùng")
    assert set(Indicator.objects.visible_to(cast.coordinator)) == {draft.indicator, used.indicator}
    assert list(Indicator.objects.visible_to(cast.officer)) == [used.indicator]
    assert list(IndicatorVersion.objects.visible_to(cast.officer)) == [used]


def test_search_ignores_marks() -> None:
    used = make_indicator("dung", "Đường dây bảo hộ công dân")
    assert list(IndicatorVersion.objects.matching("duong bao ho")) == [used]
    assert not IndicatorVersion.objects.matching("kiều hối")
