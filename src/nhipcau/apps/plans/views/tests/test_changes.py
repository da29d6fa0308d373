"""Changes of drafts, as a plain form and as a scripted one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.actions import approve_document, edit_draft
from nhipcau.apps.plans.models import Document, DraftTask, NotAssigning

pytestmark = pytest.mark.django_db
SCRIPTED = {"HTTP_HX_REQUEST": "true"}


def first(document: Document) -> DraftTask:
    draft = document.drafts.first()
    assert draft is not None
    return draft


def form_of(draft: DraftTask, **changes: Any) -> dict[str, Any]:
    """What the form sends when nothing but `changes` was touched."""
    bodies = list(draft.assignments.all())
    fields: dict[str, Any] = {
        "seen": draft.version,
        "text": draft.text,
        "agency": [row.phrase for row in bodies if not row.partner] + [""],
        "agency_role": [row.role for row in bodies if not row.partner] + [draft.role],
        "partners": "; ".join(row.phrase for row in bodies if row.partner),
        "due": "",
    }
    return {**fields, **changes}


def post(
    client: Client, draft: DraftTask, verb: str, data: dict[str, Any] | None = None, **extra: Any
) -> Any:
    address = f"/plans/{draft.document_id}/drafts/{draft.pk}/{verb}/"
    return client.post(address, data or {"seen": draft.version}, **extra)


def test_a_plain_form_saves_accepts_and_leads_to_the_next(signed_in: SignedIn, document: Document) -> None:
    draft = first(document)
    data = form_of(draft, due="30/11/2027", then="accept", order="text")
    response = post(signed_in("coordinator"), draft, "edit", data)
    following = document.drafts.exclude(pk=draft.pk).first()
    assert following is not None
    assert response.headers["Location"] == (
        f"/plans/{document.pk}/desk/?order=text&draft={following.pk}#t-{following.pk}"
    )
    draft.refresh_from_db()
    assert (draft.state, draft.due[0]["value"]) == (DraftTask.State.ACCEPTED, "2027-11-30")


def test_a_scripted_form_gets_the_row_the_strip_and_the_button(
    signed_in: SignedIn, document: Document
) -> None:
    draft = first(document)
    response = post(signed_in("coordinator"), draft, "accept", **SCRIPTED)
    page = response.content.decode()
    assert page.startswith(f'<li class="pd-t is-ok" id="t-{draft.pk}"')
    assert page.count("hx-swap-oob") == 2
    told = json.loads(response.headers["HX-Trigger-After-Settle"])
    assert told["desk:at"] == {"key": str(draft.pk), "next": True, "refused": False}


def test_a_date_that_does_not_exist_is_said_beside_its_field(signed_in: SignedIn, document: Document) -> None:
    draft = first(document)
    response = post(signed_in("coordinator"), draft, "edit", form_of(draft, due="31/2/2027"))
    assert response.status_code == 422
    assert "“31/2/2027” gives no date" in response.content.decode()
    draft.refresh_from_db()
    assert draft.version == 0


def test_agencies_are_matched_by_what_is_typed_and_kept_where_nothing_was(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    draft = first(document)
    data = form_of(draft, agency=["So tai chinh tinh Mau", ""], agency_role=["advise", "lead"])
    post(signed_in("coordinator"), draft, "edit", data)
    row = draft.assignments.get(partner=False)
    assert (row.organisation_id, row.role) == (cast.department_b.pk, "advise")
    draft.refresh_from_db()
    assert draft.role == "advise"


def test_an_untouched_form_changes_nothing(signed_in: SignedIn, document: Document) -> None:
    draft = document.drafts.all()[1]
    before = list(draft.assignments.values_list("pk", flat=True))
    page = signed_in("coordinator").get(f"/plans/{document.pk}/desk/?draft={draft.pk}").content.decode()
    assert page.count('name="agency"') == 2
    post(signed_in("coordinator"), draft, "edit", form_of(draft, agency=["Sở Công Thương", ""]))
    draft.refresh_from_db()
    assert list(draft.assignments.values_list("pk", flat=True)) == before or draft.version == 1


def test_who_comes_second_to_a_draft_is_told_and_nothing_is_overwritten(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    draft = first(document)
    data = form_of(draft, text="Lời của người thứ hai")
    edit_draft(draft, version=draft.version, actor=cast.second_coordinator, text="Lời của người thứ nhất")
    response = post(signed_in("coordinator"), draft, "edit", data, **SCRIPTED)
    assert cast.second_coordinator.full_name in response.content.decode()
    draft.refresh_from_db()
    assert draft.text == "Lời của người thứ nhất"


def test_a_change_after_approval_leads_to_the_frozen_page(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    draft = first(document)
    approve_document(document, revision=document.revision, actor=cast.second_coordinator)
    response = post(signed_in("coordinator"), draft, "drop", **SCRIPTED)
    assert response.headers["HX-Redirect"] == f"/plans/{document.pk}/"


def test_drop_and_bring_back(signed_in: SignedIn, document: Document) -> None:
    client, draft = signed_in("coordinator"), first(document)
    post(client, draft, "drop")
    draft.refresh_from_db()
    assert draft.state == DraftTask.State.DROPPED
    post(client, draft, "restore")
    draft.refresh_from_db()
    assert draft.state == DraftTask.State.NEW


def test_a_split_offers_its_seams_and_cuts_at_the_chosen_one(signed_in: SignedIn, document: Document) -> None:
    client, draft = signed_in("coordinator"), document.drafts.all()[1]
    at = draft.text.index("biên soạn")
    page = client.get(f"/plans/{document.pk}/drafts/{draft.pk}/split/").content.decode()
    assert f'value="{at}" checked' in page
    post(client, draft, "split", {"seen": draft.version, "at": at})
    texts = list(document.drafts.values_list("text", flat=True))
    assert "biên soạn sổ tay hướng dẫn đầu tư." in texts


def test_words_that_were_typed_are_kept_by_a_split(signed_in: SignedIn, document: Document) -> None:
    client, draft = signed_in("coordinator"), document.drafts.all()[1]
    words = "Tổ chức hai hội nghị; in sổ tay."
    data = {"seen": draft.version, "text": words, "at": words.index("in sổ")}
    post(client, draft, "split", data, **SCRIPTED)
    texts = set(document.drafts.values_list("text", flat=True))
    assert {"Tổ chức hai hội nghị;", "in sổ tay."} <= texts


def test_a_split_without_words_on_a_side_changes_nothing(signed_in: SignedIn, document: Document) -> None:
    draft = first(document)
    data = {"seen": draft.version, "text": "Lời khác hẳn", "at": 0}
    response = post(signed_in("coordinator"), draft, "split", data, **SCRIPTED)
    assert "both parts need words" in response.content.decode()
    draft.refresh_from_db()
    assert draft.version == 0


def test_a_join_takes_the_task_before(signed_in: SignedIn, document: Document) -> None:
    draft = document.drafts.all()[1]
    post(signed_in("coordinator"), draft, "join")
    assert document.drafts.count() == 2
    response = post(signed_in("coordinator"), first(document), "join", **SCRIPTED)
    assert "no task before this one" in response.content.decode()


def test_a_task_is_made_of_marked_or_of_copied_words(signed_in: SignedIn, document: Document) -> None:
    client, address = signed_in("coordinator"), f"/plans/{document.pk}/drafts/new/"
    start = document.text.index("Định kỳ đánh giá")
    client.post(address, {"start": start, "end": start + 16})
    assert document.drafts.filter(text="Định kỳ đánh giá").count() == 1
    client.post(address, {"words": "đề xuất   khen thưởng\ndoanh nhân"})
    assert document.drafts.filter(text="đề xuất khen thưởng doanh nhân").count() == 1
    response = client.post(address, {"words": "chữ không có ở đó"})
    assert response.status_code == 422


def test_a_sentence_that_assigns_nothing_leaves_the_strip(signed_in: SignedIn, document: Document) -> None:
    client = signed_in("coordinator")
    start = document.text.index("Định kỳ đánh giá")
    client.post(f"/plans/{document.pk}/not-assigning/", {"start": start, "end": start + 20})
    assert NotAssigning.objects.filter(document=document).count() == 1
    assert "3 of 3 assigning sentences" in client.get(f"/plans/{document.pk}/desk/").content.decode()


@pytest.mark.parametrize(
    "span", [{}, {"start": "x", "end": "9"}, {"start": "5", "end": "5"}, {"start": "999999"}]
)
def test_a_span_that_marks_nothing_is_refused_in_words(
    signed_in: SignedIn, document: Document, span: dict[str, str]
) -> None:
    address = f"/plans/{document.pk}/drafts/new/"
    response = signed_in("coordinator").post(address, span, follow=True)
    assert "Mark a part of the text first" in response.content.decode()
    assert document.drafts.count() == 3


def test_the_last_change_is_taken_back(signed_in: SignedIn, document: Document) -> None:
    client, draft = signed_in("coordinator"), first(document)
    post(client, draft, "drop")
    client.post(f"/plans/{document.pk}/undo/")
    draft.refresh_from_db()
    assert draft.state == DraftTask.State.NEW
    response = client.post(f"/plans/{document.pk}/undo/", **SCRIPTED)
    assert "no change of yours" in response.content.decode()
