"""Upload, approval, agencies, amendment, document, task: what each page does and refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, SignedIn

from nhipcau.apps.orgs.models import Alias, Organisation, OrganisationSet
from nhipcau.apps.plans.actions import approve_document, enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Document, DraftAssignment, DraftTask, Task
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import ITEMS, Item, plan

pytestmark = pytest.mark.django_db
WORDS = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 38/KH-UBND
KẾ HOẠCH
Công tác năm 2027
I. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương
a) Chủ trì lập danh mục dự án mời gọi đầu tư trước ngày 15/11/2027.
""".encode()


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    settings.JOBS_INLINE = True
    settings.MEDIA_ROOT = tmp_path


def file(content: bytes = WORDS, name: str = "kế hoạch.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_an_upload_leads_to_its_desk_and_the_same_bytes_to_the_first_one(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    first = client.post("/plans/upload/", {"file": file()}, follow=True)
    assert first.redirect_chain[-1][0].endswith("/desk/")
    again = client.post("/plans/upload/", {"file": file(name="tên khác.txt")}, follow=True)
    assert again.redirect_chain[-1][0] == first.redirect_chain[-1][0]
    assert "was uploaded before" in again.content.decode()
    assert Document.objects.count() == 1


def test_a_file_that_is_refused_says_why_and_what_to_do(signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post("/plans/upload/", {"file": file(b"")})
    assert response.status_code == 422
    assert "The file is empty" in response.content.decode()
    assert signed_in("coordinator").post("/plans/upload/", {}).status_code == 422


def test_while_the_plan_is_read_the_page_asks_again_and_can_be_left(signed_in: SignedIn, cast: Cast) -> None:
    document = Document.objects.create(created_by=cast.coordinator)
    client, address = signed_in("coordinator"), f"/plans/{document.pk}/reading/"
    page = client.get(address).content.decode()
    assert 'hx-trigger="every' in page
    assert 'http-equiv="refresh"' in page
    part = client.get(address, HTTP_HX_REQUEST="true")
    assert b"<html" not in part.content
    Document.objects.filter(pk=document.pk).update(state=Document.State.DRAFT)
    assert client.get(address, HTTP_HX_REQUEST="true").headers["HX-Redirect"] == f"/plans/{document.pk}/"


def test_what_is_open_is_said_before_approval(signed_in: SignedIn, document: Document) -> None:
    page = signed_in("coordinator").get(f"/plans/{document.pk}/approve/").content.decode()
    assert "1 task is doubtful" in page
    assert "2 tasks were not looked at" in page
    assert "1 assigning sentence has no task" in page


def test_approval_freezes_and_the_second_reviewer_is_told(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    address, data = f"/plans/{document.pk}/approve/", {"revision": document.revision}
    signed_in("coordinator").post(address, data)
    assert Task.objects.filter(document=document).count() == 3
    second = signed_in("second_coordinator").post(address, data, follow=True)
    assert cast.coordinator.full_name in second.content.decode()
    assert "approved this document at" in second.content.decode()
    assert Task.objects.filter(document=document).count() == 3


def test_an_older_revision_is_not_approved(signed_in: SignedIn, document: Document) -> None:
    for revision in ("99", "x", ""):
        response = signed_in("coordinator").post(f"/plans/{document.pk}/approve/", {"revision": revision})
        assert response.status_code == 409
    assert not Task.objects.exists()


def test_a_phrase_is_matched_once_for_all_and_remembered(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    client = signed_in("coordinator")
    DraftAssignment.objects.filter(draft__document=document).update(
        organisation=None, phrase="Sở CT", phrase_fold="so ct", as_written=False
    )
    data = {"phrase": "Sở CT", "organisation": "Sở Công Thương tỉnh Mẫu"}
    client.post(f"/plans/{document.pk}/agencies/match/", data)
    rows = DraftAssignment.objects.filter(draft__document=document)
    assert set(rows.values_list("organisation_id", flat=True)) == {cast.department_a.pk}
    assert Alias.objects.filter(organisation=cast.department_a, text="Sở CT").exists()


def test_a_name_that_nobody_bears_is_refused_in_words(signed_in: SignedIn, document: Document) -> None:
    data = {"phrase": "Sở X", "organisation": "Sở Không Có Thật"}
    response = signed_in("coordinator").post(f"/plans/{document.pk}/agencies/match/", data, follow=True)
    assert "No organisation is called" in response.content.decode()


def test_an_unknown_agency_is_added_and_matched(signed_in: SignedIn, cast: Cast) -> None:
    items = (Item("a)", "Chủ trì số hóa hồ sơ.", agencies=("Ban Quản lý Khu kinh tế",)),)
    document = drafted(cast, plan(items))
    data = {
        "what": "organisation",
        "phrase": "Ban Quản lý Khu kinh tế",
        "name": "Ban Quản lý Khu kinh tế",
        "kind": "unit",
    }
    signed_in("coordinator").post(f"/plans/{document.pk}/agencies/new/", data)
    row = DraftAssignment.objects.get(draft__document=document)
    assert row.organisation is not None
    assert row.organisation.versions.get().name == "Ban Quản lý Khu kinh tế"


def test_a_group_is_named_with_its_members_and_confirmed(signed_in: SignedIn, cast: Cast) -> None:
    items = (Item("a)", "Tuyên truyền.", agencies=("Khối thi đua số 3",)),)
    document = drafted(cast, plan(items))
    data = {
        "what": "set",
        "phrase": "Khối thi đua số 3",
        "name": "Khối thi đua số 3",
        "add": "Sở Công Thương tỉnh Mẫu; so tai chinh tinh mau",
    }
    signed_in("coordinator").post(f"/plans/{document.pk}/agencies/new/", data)
    group = OrganisationSet.objects.get(name="Khối thi đua số 3")
    assert group.confirmed_at is not None
    assert group.members.count() == 2
    assert DraftAssignment.objects.get(draft__document=document).set_id == group.pk


def test_a_proposed_group_is_confirmed_with_the_members_that_stay(signed_in: SignedIn, cast: Cast) -> None:
    items = (Item("a)", "Tuyên truyền.", agencies=("Các sở, ngành",)),)
    document = drafted(cast, plan(items))
    group = OrganisationSet.objects.get()
    client = signed_in("coordinator")
    page = client.get(f"/organisations/groups/{group.pk}/?next=/plans/{document.pk}/desk/").content.decode()
    assert page.count('name="member"') == 3
    data = {"member": [cast.department_a.pk], "name": group.name, "next": f"/plans/{document.pk}/desk/"}
    response = client.post(f"/organisations/groups/{group.pk}/", data)
    assert response.headers["Location"] == f"/plans/{document.pk}/desk/"
    group.refresh_from_db()
    assert group.confirmed_at is not None
    assert [each.organisation_id for each in group.members.all()] == [cast.department_a.pk]
    away = client.post(f"/organisations/groups/{group.pk}/", {**data, "next": "https://example.org/"})
    assert away.headers["Location"] == "/organisations/groups/"


def test_an_amendment_shows_and_corrects_what_changed(signed_in: SignedIn, cast: Cast) -> None:
    first = drafted(cast)
    approve_document(first, revision=first.revision, actor=cast.coordinator)
    changed = Item(ITEMS[0].label, ITEMS[0].text.replace("15/11", "20/11"), role="lead")
    new = Item("d)", "Mở lớp tiếng Việt trực tuyến cho con em kiều bào.")
    amendment = drafted(cast, plan((changed, ITEMS[1], new), number="40/KH-UBND"), amends=first)
    client = signed_in("coordinator")
    page = client.get(f"/plans/{amendment.pk}/desk/").content.decode()
    assert "1 added, 1 changed, 1 dropped" in page
    draft = amendment.drafts.get(text=new.text)
    task = Task.objects.get(document=first, text=ITEMS[2].text)
    address = f"/plans/{amendment.pk}/drafts/{draft.pk}/continues/"
    client.post(address, {"task": task.pk, "seen": draft.version})
    draft.refresh_from_db()
    assert (draft.continues_id, draft.change) == (task.pk, DraftTask.Change.CHANGED)
    assert "0 added, 2 changed, 0 dropped" in client.get(f"/plans/{amendment.pk}/desk/").content.decode()


def test_an_approved_document_is_read_by_all_with_their_own_tasks(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    assert len(signed_in("reader").get(f"/plans/{document.pk}/").context["tasks"]) == 3
    outsider = signed_in("outsider").get(f"/plans/{document.pk}/")
    assert [row.task.path for row in outsider.context["tasks"]] == ["III.1.a"]


def test_removal_asks_for_the_reason_and_leaves_nothing(signed_in: SignedIn, document: Document) -> None:
    client, address = signed_in("coordinator"), f"/plans/{document.pk}/remove/"
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "Tải nhầm tệp"})
    document.refresh_from_db()
    assert (document.state, document.text) == (Document.State.REMOVED, "")
    assert client.get(f"/plans/{document.pk}/").status_code == 404


def approved_task(cast: Cast, document: Document) -> Task:
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    return Task.objects.get(document=document, path="III.1.a")


def test_a_task_stands_in_its_context(signed_in: SignedIn, cast: Cast, document: Document) -> None:
    task = approved_task(cast, document)
    context = signed_in("officer").get(f"/tasks/{task.pk}/").context["context"]
    assert context.quote == f"a) {task.text}"
    assert context.before.startswith("1. Sở Công Thương")
    assert context.after.startswith("b) Tổ chức hội nghị")
    page = signed_in("officer").get(f"/tasks/{task.pk}/").content.decode()
    assert "Trước ngày 15/11 hằng năm → end of 14 November" in page


def test_the_agencys_officer_says_how_far_it_is_and_the_history_tells(
    signed_in: SignedIn, cast: Cast, document: Document
) -> None:
    task = approved_task(cast, document)
    own = Assignment.objects.get(task=task, organisation=cast.department_a)
    client, address = signed_in("officer"), f"/tasks/roles/{own.pk}/"
    form = client.get(address).context["form"]
    sent = {"text": "Đã gửi văn bản lấy số liệu.", "percent": "40", "state": "progress"}
    sent["key"] = str(form["key"].value())
    response = client.post(address, {**sent, "percent": "140"})
    assert response.status_code == 422
    assert "Đã gửi văn bản lấy số liệu." in response.content.decode()
    for _again in range(2):
        assert client.post(address, sent).status_code == 302
    own.refresh_from_db()
    assert (own.status, own.percent, own.updates.count()) == ("in_progress", 40, 1)
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "said how far it is" in page
    client.post(address, {**sent, "state": "done", "key": str(uuid4())})
    own.refresh_from_db()
    assert own.status == "reported"
    assert "reported it done on" in client.get(f"/tasks/{task.pk}/").content.decode()
    assert signed_in("reader").post(address, sent).status_code == 403
    assert signed_in("commune_officer").post(address, sent).status_code == 404


def test_a_task_is_entered_by_hand_with_its_source_and_the_next_keeps_it(
    signed_in: SignedIn, cast: Cast
) -> None:
    data = {
        "text": "Chuẩn bị hội nghị gặp mặt kiều bào",
        "agency": "Sở Công Thương tỉnh Mẫu; UBND xã Cầu Ngang",
        "role": "lead",
        "due_on": "31/12/2027",
        "kind": "note",
        "quote": "Giao Sở Công Thương chuẩn bị.",
        "again": "1",
    }
    response = signed_in("coordinator").post("/tasks/new/", data)
    assert response.headers["Location"].startswith("/tasks/new/?")
    assert "kind=note" in response.headers["Location"]
    task = Task.objects.get()
    assert str(task.due_on) == "2027-12-31"
    assert Assignment.objects.filter(task=task, organisation=cast.department_a).exists()


def test_a_task_without_a_source_or_an_agency_is_not_entered(signed_in: SignedIn) -> None:
    data = {"text": "Việc", "agency": "Sở X", "role": "lead", "kind": "note"}
    for missing in (data, {**data, "number": "1", "agency": ""}, {**data, "number": "1", "due_on": "mai"}):
        assert signed_in("coordinator").post("/tasks/new/", missing).status_code == 422
    assert not Task.objects.exists()


def test_organisations_are_found_without_marks_and_added_once(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "Sở Tài chính tỉnh Mẫu" in client.get("/organisations/?q=so tai&kind=department").content.decode()
    assert "No organisation fits" in client.get("/organisations/?q=zzz").content.decode()
    data = {"name": "Sở Tư pháp tỉnh Mẫu", "kind": "department", "valid_from": "01/7/2025"}
    client.post("/organisations/new/", data)
    assert client.post("/organisations/new/", data).status_code == 422
    made = Organisation.objects.get(versions__name="Sở Tư pháp tỉnh Mẫu")
    client.post(f"/organisations/{made.pk}/alias/", {"text": "Sở TP"})
    client.post(
        f"/organisations/{made.pk}/rename/", {"name": "Sở Tư pháp và Hộ tịch", "valid_from": "01/8/2026"}
    )
    page = client.get(f"/organisations/{made.pk}/").content.decode()
    assert "Sở Tư pháp và Hộ tịch" in page
    assert "Sở TP" in page
    early = {"name": "Tên", "valid_from": "01/01/2001"}
    assert client.post(f"/organisations/{made.pk}/rename/", early).status_code == 422


def test_a_legal_change_is_written_corrected_and_taken_back_with_a_reason(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    data = {
        "number": "99/2020/NĐ-CP",
        "effect": "replaced",
        "successor": "",
        "effective_on": "01/01/2026",
        "source": "Công báo",
    }
    assert client.post("/reference/laws/new/", data).status_code == 422
    client.post("/reference/laws/new/", {**data, "successor": "100/2025/NĐ-CP"})
    page = client.get("/reference/laws/?q=99/2020").content.decode()
    assert "100/2025/NĐ-CP" in page
    from nhipcau.apps.reference.models import LawChange

    row = LawChange.objects.get(number="99/2020/NĐ-CP")
    assert client.post(f"/reference/laws/{row.pk}/end/", {}).status_code == 422
    client.post(f"/reference/laws/{row.pk}/end/", {"reason": "Ghi nhầm số"})
    assert "100/2025/NĐ-CP" not in client.get("/reference/laws/?q=99/2020").content.decode()


def test_a_task_by_hand_has_no_text_to_show(signed_in: SignedIn, cast: Cast) -> None:
    task = enter_task(
        "Việc", [Named("Sở Công Thương tỉnh Mẫu")], actor=cast.coordinator, kind="letter", number="5/CV"
    )
    assert (
        "The text was not stored" in signed_in("reader").get(f"/plans/{task.document_id}/").content.decode()
    )
    assert "No sentence was given with it" in signed_in("reader").get(f"/tasks/{task.pk}/").content.decode()


def test_a_scripted_upload_is_told_where_to_go(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    response = client.post("/plans/upload/", {"file": file()}, HTTP_HX_REQUEST="true")
    document = Document.objects.get()
    assert response.headers["HX-Redirect"] == f"/plans/{document.pk}/"


def test_number_and_date_are_corrected_before_approval(signed_in: SignedIn, document: Document) -> None:
    client, address = signed_in("coordinator"), f"/plans/{document.pk}/header/"
    data = {"number": "39/KH-UBND", "issued_on": "21/11/2026", "title": document.title, "revision": "0"}
    client.post(address, {**data, "revision": document.revision})
    document.refresh_from_db()
    assert (document.number, str(document.issued_on)) == ("39/KH-UBND", "2026-11-21")
    assert client.post(address, data).status_code == 422
    assert client.post(address, {**data, "title": ""}).status_code == 422


def test_a_sentence_set_aside_comes_back(signed_in: SignedIn, document: Document) -> None:
    client = signed_in("coordinator")
    start = document.text.index("Định kỳ đánh giá")
    span = {"start": start, "end": start + 20}
    client.post(f"/plans/{document.pk}/not-assigning/", span)
    assert "1 sentence assigns nothing" in client.get(f"/plans/{document.pk}/desk/").content.decode()
    client.post(f"/plans/{document.pk}/assigning/", span)
    assert "3 of 4 assigning sentences" in client.get(f"/plans/{document.pk}/desk/").content.decode()


def test_a_task_ends_with_a_reason(signed_in: SignedIn, cast: Cast, document: Document) -> None:
    task = approved_task(cast, document)
    client, address = signed_in("coordinator"), f"/tasks/{task.pk}/end/"
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Chuyển sang kế hoạch khác"})
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "This task ended on" in page
    assert "Chuyển sang kế hoạch khác" in page
    assert client.post(address, {"reason": "lần nữa"}).status_code == 422
