"""The desk as a page: what it shows, to whom, with how many queries."""

from __future__ import annotations

import pytest
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import approve_document
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.views.tests.conftest import Own, of_many
from nhipcau.apps.reference.models import LawChange

pytestmark = pytest.mark.django_db


def address(document: Document, query: str = "") -> str:
    return f"/plans/{document.pk}/desk/{query}"


def test_the_doubtful_task_stands_open_with_its_sentence_lit(signed_in: SignedIn, document: Document) -> None:
    page = signed_in("coordinator").get(address(document)).content.decode()
    draft = document.drafts.get(doubts=["due"])
    assert f'class="pd-edit is-doubt" id="t-{draft.pk}"' in page
    assert 'class="pd-s is-doubt is-now"' in page
    assert "3 of 4 assigning sentences have become tasks" in page


def test_a_phrase_is_explained_beside_its_date(signed_in: SignedIn, document: Document) -> None:
    draft = document.drafts.first()
    assert draft is not None
    page = signed_in("coordinator").get(address(document, f"?draft={draft.pk}")).content.decode()
    assert "“trước ngày 15/11 hằng năm” is understood as before 15/11 every year" in page


def test_a_cited_decree_that_was_replaced_says_so(signed_in: SignedIn, document: Document) -> None:
    LawChange.objects.filter(number_key="13/2023/nd-cp").delete()
    LawChange.objects.create(
        number="13/2023/NĐ-CP",
        effect=LawChange.Effect.REPLACED,
        successor="356/2025/NĐ-CP",
        effective_on="2026-01-01",
        source="Công báo",
    )
    page = signed_in("coordinator").get(address(document)).content.decode()
    assert "replaced by" in page
    assert "356/2025/NĐ-CP" in page
    assert "1 cited document has changed" in page


@pytest.mark.parametrize("count", [5, 60])
def test_the_desk_makes_fifteen_queries_at_most_however_many_tasks(
    signed_in: SignedIn, cast: Cast, own_queries: Own, count: int
) -> None:
    document = drafted(cast, of_many(count))
    found = own_queries(signed_in("coordinator"), address(document))
    assert len(found) <= 15, "\n".join(sql[:120] for sql in found)


def test_an_amendment_is_shown_within_the_same_number_of_queries(
    signed_in: SignedIn, cast: Cast, own_queries: Own
) -> None:
    plan = drafted(cast, of_many(20))
    approve_document(plan, revision=plan.revision, actor=cast.coordinator)
    amendment = drafted(cast, of_many(22), amends=plan)
    found = own_queries(signed_in("coordinator"), address(amendment))
    assert len(found) <= 15, "\n".join(sql[:120] for sql in found)


def test_the_reviewer_says_whether_an_amendment_is_the_whole_plan(signed_in: SignedIn, cast: Cast) -> None:
    plan = drafted(cast, of_many(20))
    approve_document(plan, revision=plan.revision, actor=cast.coordinator)
    amendment = drafted(cast, of_many(5), amends=plan)
    client = signed_in("coordinator")
    assert "It names only what changes: 15 other tasks" in client.get(address(amendment)).content.decode()
    for part, words in (("0", "what it does not name ends"), ("1", "It names only what changes: 15")):
        saved = client.post(f"/plans/{amendment.pk}/extent/", {"part": part}, follow=True)
        assert words in saved.content.decode()
    refused = client.post(f"/plans/{drafted(cast, number='9').pk}/extent/", {"part": "1"}, follow=True)
    assert "amends no other" in refused.content.decode()


def test_a_draft_is_nobodys_but_the_coordinators(signed_in: SignedIn, document: Document) -> None:
    for name in ("leader", "officer", "reader", "system_admin"):
        assert signed_in(name).get(address(document)).status_code == 404


def test_an_approved_document_has_no_desk(signed_in: SignedIn, cast: Cast, document: Document) -> None:
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    response = signed_in("coordinator").get(address(document))
    assert response.headers["Location"] == f"/plans/{document.pk}/"
    assert signed_in("officer").get(address(document)).status_code == 403


def test_numbers_in_links_carry_no_points(signed_in: SignedIn, cast: Cast) -> None:
    """In Vietnamese 1234 is printed as 1.234: not in an address, an id or a drawing."""
    document = drafted(cast, of_many(3))
    Document.objects.filter(pk=document.pk).update(revision=1234)
    document.drafts.update(version=5678)
    signed_in = SignedIn(cast)  # in Vietnamese
    opened = address(document, f"?draft={document.drafts.all()[0].pk}")
    page = signed_in("coordinator").get(opened).content.decode()
    assert 'value="5678"' in page
    approve = signed_in("coordinator").get(f"/plans/{document.pk}/approve/").content.decode()
    assert 'name="revision" value="1234"' in approve
