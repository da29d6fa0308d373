"""Search finds by words without marks, by numbers and by old names, and never beyond the reader's scope."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.cast import Cast, SignedIn

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.models import Assignment, Document, Role, Task
from nhipcau.core.text import fold


@pytest.fixture
def plan(cast: Cast) -> Document:
    title = "Công tác người Việt Nam ở nước ngoài"
    plan = Document.objects.create(
        number="439/KH-UBND",
        title=title,
        title_fold=fold(title),
        state=Document.State.APPROVED,
        created_by=cast.coordinator,
    )
    for agency, text in (
        (cast.department_a, "Mời chuyên gia dự hội nghị"),
        (cast.department_b, "Báo cáo chuyên gia"),
    ):
        task = Task.objects.create(document=plan, text=text, created_by=cast.coordinator)
        Assignment.objects.create(task=task, organisation=agency, role=Role.LEAD)
    return plan


def found(signed_in: SignedIn, who: str, words: str) -> str:
    return signed_in(who).get("/search/", {"q": words}).content.decode()


def test_words_without_marks_find_tasks(signed_in: SignedIn, plan: Document) -> None:
    page = found(signed_in, "coordinator", "chuyen gia")
    assert "Mời chuyên gia dự hội nghị" in page
    assert "Báo cáo chuyên gia" in page


def test_an_officer_finds_the_tasks_of_her_agency_only(signed_in: SignedIn, plan: Document) -> None:
    page = found(signed_in, "officer", "chuyen gia")
    assert "Mời chuyên gia dự hội nghị" in page
    assert "Báo cáo chuyên gia" not in page


def test_a_number_finds_its_document_and_a_draft_is_the_coordinator_s(
    signed_in: SignedIn, plan: Document
) -> None:
    draft = Document.objects.create(
        number="439/KH-SNgV", state=Document.State.DRAFT, created_by=plan.created_by
    )
    hers, theirs = found(signed_in, "officer", "439/kh"), found(signed_in, "coordinator", "439/kh")
    assert f'href="/plans/{plan.pk}/"' in hers
    assert f'href="/plans/{draft.pk}/"' not in hers
    assert f'href="/plans/{draft.pk}/"' in theirs


def test_an_agency_is_found_by_a_name_it_no_longer_has(signed_in: SignedIn, cast: Cast) -> None:
    OrganisationVersion.objects.create(
        organisation=cast.department_b,
        name="Sở Kế hoạch và Đầu tư",
        kind=OrganisationVersion.Kind.DEPARTMENT,
        valid=DateRange(date(2010, 1, 1), date(2020, 1, 1)),
    )
    page = found(signed_in, "reader", "ke hoach dau tu")
    assert "Sở Tài chính tỉnh Mẫu" in page
    assert "Sở Kế hoạch và Đầu tư" in page


@pytest.mark.parametrize("words", ["", "   ", "%", "\\", "'", "\x00", "a" * 5000, "không có gì như vậy"])
def test_odd_words_find_nothing_and_break_nothing(words: str, signed_in: SignedIn, plan: Document) -> None:
    assert signed_in("coordinator").get("/search/", {"q": words}).status_code == 200


def test_the_page_asks_a_fixed_number_of_questions(
    signed_in: SignedIn, plan: Document, django_assert_max_num_queries: object
) -> None:
    client = signed_in("coordinator")
    client.get("/search/?q=gia")
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get("/search/?q=gia")
