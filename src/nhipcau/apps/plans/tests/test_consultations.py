"""Agencies are asked, answer once or again, their remarks are settled and come into the table."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from tests.cast import Cast

from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.plans.actions import (
    Remarked,
    add_consultation_draft,
    answer_consultation,
    ask_organisations,
    close_consultation,
    settle_remark,
)
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.tests.consulted import answer_of, ask, remark

pytestmark = pytest.mark.django_db
SECOND = "Điều 1. Phạm vi điều chỉnh\nĐiều 2. Sở Công Thương báo cáo sáu tháng một lần\nĐiều 3. Hiệu lực"


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    settings.JOBS_INLINE = True
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    return ask(cast)


def test_an_agency_sees_and_changes_its_own_answer_alone(cast: Cast, asked: Consultation) -> None:
    answer = remark(cast, asked)
    assert [each.text for each in answer.remarks.all()] == ["Đề nghị báo cáo sáu tháng một lần"]
    with pytest.raises(Http404):
        answer_consultation(answer, "agree", actor=cast.outsider, version=1)
    with pytest.raises(PermissionDenied):
        answer_consultation(answer, "agree", actor=cast.leader, version=1)
    assert not ConsultationAnswer.objects.visible_to(cast.outsider).filter(pk=answer.pk).exists()

    with pytest.raises(Stale):
        answer_consultation(answer, "agree", actor=cast.officer, version=0)
    answer_consultation(answer, "agree", actor=cast.officer, version=1)
    assert not answer.remarks.exists()


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("remarks", [], "no-remark"),
        ("remarks", [Remarked("  ")], "no-remark"),
        ("agree", [Remarked("Sửa khoản 2")], "agreed-with-remarks"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(
    cast: Cast, asked: Consultation, kind: str, said: list[Remarked], code: str
) -> None:
    answer = answer_of(asked, cast.department_a)
    with pytest.raises(Refused) as refused:
        answer_consultation(answer, kind, said, actor=cast.officer, version=0)
    assert refused.value.code == code
    answer.refresh_from_db()
    assert answer.kind == ""


def test_a_remark_is_traced_into_the_new_draft(cast: Cast, asked: Consultation) -> None:
    said = remark(cast, asked).remarks.get()
    assert said.quoted == "Điều 2. Sở Công Thương báo cáo hằng quý"
    file = attach_file(io.BytesIO(SECOND.encode()), "du-thao-2.txt", actor=cast.coordinator)
    new = add_consultation_draft(asked, file, actor=cast.coordinator)
    assert (new.number, add_consultation_draft(asked, file, actor=cast.coordinator)) == (2, new)

    with pytest.raises(Refused) as nowhere:
        settle_remark(said, "taken", "", actor=cast.coordinator, draft=new)
    assert nowhere.value.code == "place-needed"
    with pytest.raises(Refused) as why:
        settle_remark(said, "explained", " ", actor=cast.coordinator, draft=new)
    assert why.value.code == "explain"
    settled = settle_remark(said, "taken", "Đã sửa", actor=cast.coordinator, draft=new, passage=1)

    assert settled.settled_quoted == "Điều 2. Sở Công Thương báo cáo sáu tháng một lần"
    assert settled.quoted == "Điều 2. Sở Công Thương báo cáo hằng quý"


def test_what_was_settled_stays_when_the_agency_answers_again(cast: Cast, asked: Consultation) -> None:
    answer = remark(cast, asked)
    settle_remark(answer.remarks.get(), "taken", "", actor=cast.coordinator, place="Điều 2")

    again = [Remarked("Bổ sung Điều 4")]
    answer_consultation(answer, "remarks", again, actor=cast.officer, version=1)

    assert [each.text for each in answer.remarks.order_by("pk")] == [
        "Đề nghị báo cáo sáu tháng một lần",
        "Bổ sung Điều 4",
    ]
    with pytest.raises(Refused):
        answer_consultation(answer, "agree", actor=cast.officer, version=2)


def test_a_closed_consultation_takes_no_answer_but_remarks_are_settled(
    cast: Cast, asked: Consultation
) -> None:
    said = remark(cast, asked).remarks.get()
    with pytest.raises(Refused):
        close_consultation(asked, reason=" ", actor=cast.coordinator)
    close_consultation(asked, reason="Đủ ý kiến", actor=cast.coordinator)

    for late in (cast.department_b, cast.commune):
        with pytest.raises(Refused) as refused:
            answer_consultation(answer_of(asked, late), "agree", actor=cast.coordinator, version=0)
        assert refused.value.code == "consultation-closed"
    with pytest.raises(Refused):
        ask_organisations(asked, {cast.lead_agency.pk: None}, actor=cast.coordinator)
    with pytest.raises(Refused):
        close_consultation(asked, reason="Lần nữa", actor=cast.coordinator)
    assert settle_remark(said, "explained", "Theo quy định", actor=cast.coordinator).outcome == "explained"


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_told_it_was_late(cast: Cast, asked: Consultation) -> None:
    answer, told = answer_of(asked, cast.department_a), []

    def give(kind: str) -> None:
        try:
            answer_consultation(
                answer, kind, [Remarked("Góp ý")] if kind == "remarks" else [], actor=cast.officer, version=0
            )
        except Stale:
            told.append(kind)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(kind,)) for kind in ("agree", "remarks")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    answer.refresh_from_db()
    assert len(told) == 1
    assert answer.version == 1
    assert answer.remarks.count() == (1 if answer.kind == "remarks" else 0)
