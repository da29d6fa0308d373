"""The page of one report: typed, saved, checked, sent, judged; nothing that was typed is lost."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.models import Update
from nhipcau.apps.reporting.actions import begin_draft, save_draft, send_submission
from nhipcau.apps.reporting.answering import Text, read_answers
from nhipcau.apps.reporting.models import Deferral, Obligation, Submission
from nhipcau.apps.reporting.tests.reports import (
    WORDS,
    Reports,
    answers,
    make_period,
    make_reports,
    make_task,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


def typed(found: Reports, words: str = WORDS, total: str = "1.250", **more: str) -> dict[str, str]:
    """As the page sends it: complete."""
    narrative = found.section("narrative").pk
    return {
        f"s{narrative}": words,
        f"f{found.asked(1).pk}": total,
        f"f{found.asked(2).pk}.none": "on",
        "page": str(uuid.uuid4()),
        "revision": "0",
    } | more


def save(client: Client, obligation: Obligation, sent: dict[str, str], *, quiet: bool = False) -> object:
    headers = {"HX-Request": "true"} if quiet else {}
    return client.post(reverse("reporting:report_save", args=[obligation.pk]), sent, headers=headers)


def draft_of(obligation: Obligation) -> Submission:
    return Submission.objects.filter(obligation=obligation).order_by("-number")[:1].get()


def page_of(client: Client, obligation: Obligation, query: str = "") -> str:
    answer = client.get(reverse("reporting:report", args=[obligation.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_typed_is_kept_as_one_types_and_stands_there_again(
    found: Reports, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    assert "Nội dung được lưu ngay khi nhập" in page_of(client, found.of_a)
    sent = typed(found)
    answer = save(client, found.of_a, sent, quiet=True)
    assert answer.status_code == 200
    assert "Đã lưu" in answer.content.decode()
    assert 'name="revision" id="revision" value="1"' in answer.content.decode()
    assert save(client, found.of_a, sent, quiet=True).status_code == 200
    html = page_of(client, found.of_a)
    assert WORDS in html
    assert 'value="1.250"' in html
    assert read_answers(draft_of(found.of_a)).amounts()[f"f{found.asked(1).pk}"] == Decimal(1250)


def test_a_complete_report_is_sent_and_its_number_told(found: Reports, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    answer = client.post(
        reverse("reporting:report_save", args=[found.of_a.pk]), typed(found, do="send"), follow=True
    )
    assert re.search(r"TN-\d{4}-00001", answer.content.decode())
    assert Obligation.objects.get(pk=found.of_a.pk).state == "sent"
    assert "Báo cáo đã được tiếp nhận" in answer.content.decode()


def test_errors_are_shown_at_their_places_and_nothing_typed_is_lost(
    found: Reports, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    answer = save(client, found.of_a, typed(found, words="", total="12.5", do="send"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12.5"' in html
    assert "12,5" in html
    assert f'href="#f{found.asked(1).pk}"' in html
    revision = str(draft_of(found.of_a).revision)
    answer = save(client, found.of_a, typed(found, words="", total="5", revision=revision, do="send"))
    assert answer.status_code == 422
    assert f'href="#s{found.section("narrative").pk}"' in answer.content.decode()


def test_a_warning_asks_for_a_reason_and_takes_it(found: Reports, signed_in: SignedIn) -> None:
    cast, client = found.cast, signed_in("officer")
    older = make_period(
        found.version,
        cast,
        window_first=timezone.localdate() - timedelta(days=400),
        window_last=timezone.localdate() - timedelta(days=200),
    )
    before = Obligation.objects.create(period=older, organisation=cast.department_a)
    draft = begin_draft(before, actor=cast.officer)
    save_draft(draft, answers(found, total=100), revision=0, actor=cast.officer)
    send_submission(draft, revision=1, actor=cast.officer)
    answer = save(client, found.of_a, typed(found, do="send"))
    html = answer.content.decode()
    place = f"f{found.asked(1).pk}"
    assert answer.status_code == 422
    assert f'name="why:jump:{place}"' in html
    more = {f"why:jump:{place}": "Mở rộng điều tra", "do": "send", "revision": "1"}
    assert save(client, found.of_a, typed(found) | more).status_code == 302
    assert Obligation.objects.get(pk=found.of_a.pk).state == "sent"
    html = page_of(signed_in("coordinator"), found.of_a)
    assert "Mở rộng điều tra" in html


def test_last_periods_words_and_a_tasks_update_are_taken_over_with_one_press(
    found: Reports, signed_in: SignedIn
) -> None:
    cast, client = found.cast, signed_in("officer")
    older = make_period(
        found.version,
        cast,
        window_first=timezone.localdate() - timedelta(days=400),
        window_last=timezone.localdate() - timedelta(days=200),
    )
    before = Obligation.objects.create(period=older, organisation=cast.department_a)
    draft = begin_draft(before, actor=cast.officer)
    save_draft(draft, answers(found, "Kỳ trước đã làm."), revision=0, actor=cast.officer)
    send_submission(draft, revision=1, actor=cast.officer)
    part = make_task(cast, cast.department_a, "Lập danh sách")
    Update.objects.create(
        assignment=part, text="Đã lập được 64 người.", created_by=cast.officer, sent_at=timezone.now()
    )
    narrative, tasks = f"s{found.section('narrative').pk}", found.section("tasks").pk
    assert "Kỳ trước đã làm." in page_of(client, found.of_a)
    answer = save(client, found.of_a, typed(found, words="Đang gõ.", take=f"{narrative}|last"))
    assert answer["Location"].endswith(f"#{narrative}")
    assert read_answers(draft_of(found.of_a)).of_section(found.section("narrative").pk) == [
        Text(found.section("narrative").pk, "Đang gõ.\nKỳ trước đã làm.")
    ]
    more = {"take": f"s{tasks}.t{part.task_id}|update", "revision": "1"}
    save(client, found.of_a, typed(found) | more)
    assert read_answers(draft_of(found.of_a)).of_tasks(tasks)[part.task_id].text == "Đã lập được 64 người."
    save(client, found.of_a, typed(found, total="", take=f"f{found.asked(1).pk}|last", revision="2"))
    assert read_answers(draft_of(found.of_a)).amounts()[f"f{found.asked(1).pk}"] == 10


def test_two_people_at_once_lose_nothing(found: Reports, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    save(client, found.of_a, typed(found, words="Người thứ nhất viết."))
    answer = save(client, found.of_a, typed(found, words="Người thứ hai viết."), quiet=True)
    assert "Nội dung bạn nhập vẫn còn" in answer.content.decode()
    answer = save(client, found.of_a, typed(found, words="Người thứ hai viết."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Người thứ nhất viết." in html
    assert "Người thứ hai viết." in html
    assert 'id="revision" value="1"' in html


def test_who_was_signed_out_while_typing_gets_her_words_back(found: Reports, signed_in: SignedIn) -> None:
    client = signed_in("anonymous")
    answer = save(client, found.of_a, typed(found))
    assert answer.status_code == 401
    assert WORDS in answer.content.decode()
    assert "Bạn đã bị đăng xuất" in save(client, found.of_a, typed(found), quiet=True).content.decode()
    assert not Submission.objects.exists()


def test_files_come_with_the_form_and_go_again(found: Reports, signed_in: SignedIn) -> None:
    client, section = signed_in("officer"), found.section("attachments").pk
    file = SimpleUploadedFile("Danh sách.txt", "Nguyễn Văn A\n".encode())
    url = reverse("reporting:report_save", args=[found.of_a.pk])
    client.post(url, {**typed(found), f"file.s{section}": file})
    kept = draft_of(found.of_a).attachments.get()
    assert kept.name == "Danh sách.txt"
    save(client, found.of_a, typed(found, revision="1"))
    assert draft_of(found.of_a).attachments.count() == 1
    got = client.get(reverse("reporting:report_file", args=[found.of_a.pk, kept.pk]))
    assert b"".join(got.streaming_content).startswith("Nguyễn".encode())
    assert (
        signed_in("outsider").get(reverse("reporting:report_file", args=[found.of_a.pk, kept.pk])).status_code
        == 404
    )
    save(client, found.of_a, typed(found, revision="2", drop=str(kept.upload_id)))
    assert not draft_of(found.of_a).attachments.exists()


def test_the_coordinator_marks_places_and_the_unit_sees_them(found: Reports, signed_in: SignedIn) -> None:
    client, coordinator = signed_in("officer"), signed_in("coordinator")
    save(client, found.of_a, typed(found, do="send"))
    html = page_of(coordinator, found.of_a)
    narrative = f"s{found.section('narrative').pk}"
    assert f'name="mark:{narrative}"' in html
    url = reverse("reporting:report_return", args=[found.of_a.pk])
    refused = coordinator.post(url, {"version": "1", "reason": "", f"mark:{narrative}": "Viết rõ hơn"})
    assert refused.status_code == 422
    assert 'value="Viết rõ hơn"' in refused.content.decode()
    sent = {"version": "1", "reason": "Thiếu số", f"mark:{narrative}": "Viết rõ hơn"}
    assert coordinator.post(url, sent).status_code == 302
    html = page_of(client, found.of_a)
    assert "Thiếu số" in html
    assert "Viết rõ hơn" in html
    save(client, found.of_a, typed(found, words="Đã viết rõ hơn.", do="send"))
    html = page_of(coordinator, found.of_a)
    assert "<ins>" in html
    assert coordinator.post(url, {"version": "1", "reason": "Muộn"}).status_code == 409
    version = Obligation.objects.get(pk=found.of_a.pk).version
    done = coordinator.post(
        reverse("reporting:report_approve", args=[found.of_a.pk]), {"version": str(version)}
    )
    assert done.status_code == 302
    assert Obligation.objects.get(pk=found.of_a.pk).state == "approved"


def test_what_was_not_sent_is_not_shown_to_the_lead_agency(found: Reports, signed_in: SignedIn) -> None:
    save(signed_in("officer"), found.of_a, typed(found))
    assert WORDS not in page_of(signed_in("coordinator"), found.of_a)
    assert WORDS not in page_of(signed_in("leader"), found.of_a)


def test_more_time_is_asked_for_on_a_page_and_decided_on_the_report(
    found: Reports, signed_in: SignedIn
) -> None:
    day = found.period.due_on + timedelta(days=4)
    url = reverse("reporting:report_time", args=[found.of_a.pk])
    answer = signed_in("officer").post(url, {"until": f"{day:%d/%m/%Y}", "reason": "Chờ đại hội"})
    assert answer.status_code == 302
    asked = Deferral.objects.get()
    html = page_of(signed_in("coordinator"), found.of_a)
    assert "Chờ đại hội" in html
    decide = reverse("reporting:deferral_decide", args=[asked.pk])
    assert signed_in("coordinator").post(decide, {"grant": "yes", "reason": ""}).status_code == 422
    assert signed_in("coordinator").post(decide, {"grant": "yes", "reason": "Đồng ý"}).status_code == 302
    assert "Đồng ý" in page_of(signed_in("officer"), found.of_a)


def test_the_print_view_has_the_answers_and_nothing_to_press(found: Reports, signed_in: SignedIn) -> None:
    save(signed_in("officer"), found.of_a, typed(found, do="send"))
    answer = signed_in("leader").get(reverse("reporting:report_print", args=[found.of_a.pk]))
    html = answer.content.decode().partition("<main")[2]
    assert WORDS in html
    assert "<button" not in html


def big(cast: Cast) -> Obligation:
    """Twenty sections, sixty tasks, twenty figures."""
    version = make_version(cast, indicators=20)
    for n in range(60):
        make_task(cast, cast.department_a, f"Nhiệm vụ số {n}")
    return Obligation.objects.create(period=make_period(version, cast), organisation=cast.department_a)


def test_pages_ask_a_bounded_number_of_questions(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    obligation = big(cast)
    client = signed_in("officer")
    page_of(client, obligation)
    with django_assert_max_num_queries(50):
        page_of(client, obligation)
    found = Reports(cast, obligation.period.form_version, obligation.period, *[obligation] * 3)
    sent = typed(found) | {f"f{found.asked(n).pk}": str(n) for n in range(1, 21)}
    save(client, obligation, sent, quiet=True)
    with django_assert_max_num_queries(50):
        save(client, obligation, sent, quiet=True)


def test_one_report_is_said_to_hold_for_another_and_that_is_taken_back(
    found: Reports, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    other = Obligation.objects.create(
        period=make_period(found.version, found.cast, kind="adhoc", title="Báo cáo đột xuất"),
        organisation=found.cast.department_a,
    )
    assert "Báo cáo đột xuất" in page_of(client, found.of_a)
    url = reverse("reporting:report_discharge", args=[found.of_a.pk])
    assert client.post(url, {"version": "0", "by": str(other.pk)}).status_code == 302
    assert "Báo cáo đột xuất" in page_of(client, found.of_a)
    assert client.post(url, {"version": "0"}).status_code == 409
    assert client.post(url, {"version": "1"}).status_code == 302
    assert Obligation.objects.get(pk=found.of_a.pk).discharged_by_id is None


def test_many_reports_are_approved_on_one_page(found: Reports, signed_in: SignedIn) -> None:
    for name, obligation in (("officer", found.of_a), ("outsider", found.of_b)):
        save(signed_in(name), obligation, typed(found, do="send"))
    url, client = reverse("reporting:approve_reports", args=[found.period.pk]), signed_in("coordinator")
    html = client.get(url).content.decode()
    assert f'value="{found.of_a.pk}:1"' in html
    assert client.post(url).status_code == 422
    ticked = {"report": [f"{found.of_a.pk}:1", f"{found.of_b.pk}:0", "x:y"]}
    assert client.post(url, ticked).status_code == 302
    assert [Obligation.objects.get(pk=each.pk).state for each in (found.of_a, found.of_b)] == [
        "approved",
        "sent",
    ]
