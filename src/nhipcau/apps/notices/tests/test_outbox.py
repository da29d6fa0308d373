"""The outbox: every mail leaves once, and what is not known is left to a person."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices import outbox
from nhipcau.apps.notices.actions import forget, make_digests, send_again
from nhipcau.apps.notices.actions.settle_restored import settle_restored
from nhipcau.apps.notices.delivery import verdict
from nhipcau.apps.notices.models import Mail, Notice

CONTENT = {
    "subject": "Nhịp Cầu 23/11/2026 – Đến hạn: 1",
    "sections": [
        {
            "title": "Đến hạn",
            "lines": [{"text": "Lập <danh mục> & gửi", "href": "/tasks/12/", "about": "plans.task:12"}],
            "more": "",
            "count": 1,
        }
    ],
}


@pytest.fixture
def waiting(cast: Cast) -> Mail:
    return Mail.objects.create(
        recipient=cast.officer, kind="digest", key="digest:x", message_id="<a@x>", content=CONTENT
    )


class Breaking(EmailBackend):
    """Fails as it is told, before or after the mail has left."""

    error: Exception | None = None
    at_opening = False

    def open(self) -> bool:
        if self.at_opening and self.error:
            raise self.error
        return True

    def send_messages(self, messages: Any) -> int:
        if self.error:
            raise self.error
        return int(super().send_messages(messages))


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Breaking]:
    settings.EMAIL_BACKEND = f"{__name__}.Breaking"
    monkeypatch.setattr(outbox, "get_connection", Breaking)
    monkeypatch.setattr(Breaking, "error", None)
    monkeypatch.setattr(Breaking, "at_opening", False)
    return Breaking


def test_a_mail_leaves_once_and_its_words_are_not_kept(waiting: Mail) -> None:
    assert outbox.send_waiting(10) == 1
    assert outbox.send_waiting(10) == 0
    (sent,) = django_mail.outbox
    waiting.refresh_from_db()
    assert (waiting.state, waiting.content, waiting.tries) == ("sent", {}, 1)
    assert sent.extra_headers["Message-ID"] == "<a@x>"
    assert sent.to == [waiting.recipient.email]


def test_the_mail_is_plain_text_and_simple_html(waiting: Mail, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://nhipcau.example.gov.vn"
    outbox.send_waiting(1)
    (sent,) = django_mail.outbox
    assert "- Lập <danh mục> & gửi\n  https://nhipcau.example.gov.vn/tasks/12/" in sent.body
    page = sent.alternatives[0].content
    assert '<a href="https://nhipcau.example.gov.vn/tasks/12/">Lập &lt;danh mục&gt; &amp; gửi</a>' in page
    assert "https://nhipcau.example.gov.vn/messages/reminders/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "vui lòng không trả lời"), ("en", "please do not answer it")]
)
def test_the_mail_speaks_the_readers_language(waiting: Mail, language: str, words: str) -> None:
    waiting.recipient.language = language
    waiting.recipient.save()
    outbox.send_waiting(1)
    (sent,) = django_mail.outbox
    assert words in sent.body
    assert words in sent.alternatives[0].content
    assert f'<html lang="{language}">' in sent.alternatives[0].content


def test_without_an_address_no_link_leads_nowhere(waiting: Mail, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = settings.LOCAL_ADDRESS = ""
    outbox.send_waiting(1)
    (sent,) = django_mail.outbox
    assert "/tasks/12/" not in sent.body
    assert "href" not in sent.alternatives[0].content


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@x": (550, b"no such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a@x": (451, b"later")}), "waiting"),
        (smtplib.SMTPDataError(554, b"spam"), "failed"),
        (smtplib.SMTPSenderRefused(421, b"busy", "a@x"), "waiting"),
        (smtplib.SMTPServerDisconnected("lost"), "unclear"),
        (TimeoutError("timed out"), "unclear"),
        (ConnectionResetError(), "unclear"),
    ],
)
def test_only_an_answer_that_refuses_is_a_refusal(
    waiting: Mail, server: type[Breaking], error: Exception, expected: str
) -> None:
    server.error = error
    outbox.send_waiting(10)
    waiting.refresh_from_db()
    assert waiting.state == expected
    assert waiting.content == CONTENT
    assert "a@x" not in waiting.cause
    server.error = None
    assert outbox.send_waiting(10) == 0


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AnymailRecipientsRefused(), "refused"),
        (AnymailInvalidAddress("x"), "refused"),
        (AnymailRequestsAPIError("x", status_code=None), "unclear"),
    ],
)
def test_a_providers_errors_are_judged_too(error: Exception, expected: str) -> None:
    assert verdict(error) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(400, "refused"), (401, "refused"), (429, "later"), (408, "unclear"), (500, "unclear")],
)
def test_a_providers_answer_is_judged_by_its_number(status: int, expected: str) -> None:
    error = AnymailRequestsAPIError("x")
    error.status_code = status
    assert verdict(error) == expected


def test_a_server_that_is_not_reached_leaves_everything_waiting(
    waiting: Mail, server: type[Breaking]
) -> None:
    server.error, server.at_opening = smtplib.SMTPAuthenticationError(535, b"no"), True
    assert outbox.send_waiting(10) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == ("waiting", 0)
    server.error = None
    assert outbox.send_waiting(10) == 1


def test_it_is_tried_again_later_and_not_for_ever(waiting: Mail, server: type[Breaking]) -> None:
    server.error = smtplib.SMTPDataError(451, b"later")
    pauses = []
    for _turn in range(outbox.MOST_TRIES):
        assert outbox.send_waiting(10) == 1
        waiting.refresh_from_db()
        pauses.append(waiting.not_before - timezone.now())
        Mail.objects.update(not_before=timezone.now())
    assert waiting.state == "failed"
    assert pauses[0] < timedelta(minutes=3) < pauses[6] < timedelta(hours=5)


def test_what_a_killed_process_was_sending_is_unclear_and_never_sent_by_itself(waiting: Mail) -> None:
    Mail.objects.update(state="sending", claimed_at=timezone.now() - timedelta(minutes=14))
    assert outbox.mark_left_behind(timezone.now()) == 0
    assert outbox.mark_left_behind(timezone.now() + timedelta(minutes=2)) == 1
    assert outbox.send_waiting(10) == 0
    waiting.refresh_from_db()
    assert waiting.state == "unclear"


def test_a_person_may_send_an_unclear_one_again_under_the_same_identity(
    waiting: Mail, cast: Cast, signed_in: SignedIn
) -> None:
    Mail.objects.update(state="unclear")
    page = signed_in("system_admin").get("/outbox/").content.decode()
    assert cast.officer.full_name in page
    assert "danh mục" not in page
    answer = signed_in("system_admin").post("/outbox/again/", {"mail": [str(waiting.pk), "no uuid"]})
    assert answer["Location"] == "/outbox/"
    assert outbox.send_waiting(10) == 1
    assert django_mail.outbox[0].extra_headers["Message-ID"] == "<a@x>"


@pytest.mark.parametrize("state", ["sent", "sending", "waiting", "withdrawn"])
def test_what_left_or_is_on_its_way_is_not_sent_again(waiting: Mail, cast: Cast, state: str) -> None:
    Mail.objects.update(state=state)
    assert send_again([waiting.pk], actor=cast.system_admin) == 0


def test_a_locked_person_gets_no_mail(waiting: Mail, cast: Cast) -> None:
    type(cast.officer).objects.filter(pk=cast.officer.pk).update(is_active=False)
    outbox.send_waiting(10)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.content) == ("withdrawn", {})
    assert not django_mail.outbox


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(waiting: Mail, cast: Cast) -> None:
    Mail.objects.create(
        recipient=cast.officer, kind="nothing", key="first", message_id="<b@x>", content=CONTENT
    )
    Mail.objects.filter(key="first").update(not_before=timezone.now() - timedelta(hours=1))
    assert outbox.send_waiting(10) == 2
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["failed", "sent"]


def test_what_is_removed_for_good_leaves_the_mails_too(waiting: Mail, cast: Cast) -> None:
    forget("plans.task", [11], actor=cast.coordinator)
    waiting.refresh_from_db()
    assert waiting.content == CONTENT
    forget("plans.task", [12], actor=cast.coordinator)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.content) == ("withdrawn", {})


def test_waking_twice_is_waking_once(cast: Cast) -> None:
    outbox.wake()
    outbox.wake()
    assert ProcrastinateJob.objects.filter(task_name=outbox.POST).count() == 1


def test_a_folder_gets_a_file_a_mail(waiting: Mail, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "nhipcau.apps.notices.folder.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    outbox.send_waiting(10)
    (file,) = (tmp_path / "mails").iterdir()
    assert file.suffix == ".eml"
    assert b"Message-ID: <a@x>" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_the_outbox_page_asks_a_fixed_number_of_questions(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    rows = [
        Mail(
            recipient=cast.officer,
            kind="digest",
            key=f"k{n}",
            message_id=f"<{n}@x>",
            state="failed",
            content=CONTENT,
        )
        for n in range(60)
    ]
    Mail.objects.bulk_create(rows)
    client = signed_in("system_admin")
    client.get("/outbox/")
    with django_assert_max_num_queries(15):
        page = client.get("/outbox/?state=failed&q=huynh van an").content.decode()
    assert page.count('name="mail"') == 50
    empty = client.get("/outbox/?q=khong+co").content.decode()
    assert 'name="mail"' not in empty


def test_after_a_restore_nothing_that_may_have_left_is_sent_again(waiting: Mail, cast: Cast) -> None:
    Notice.objects.create(recipient=cast.officer, kind="x", key="x")
    settle_restored(System("restore"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.cause) == ("unclear", "restored from a backup")
    assert outbox.send_waiting(10) == 0
    assert make_digests(timezone.localdate(), actor=System("digest"))
    assert Mail.objects.count() == 1


def test_a_mail_made_anew_has_the_same_identity() -> None:
    first = outbox.message_id_of(7, "digest:2026-11-23")
    assert first == outbox.message_id_of(7, "digest:2026-11-23")
    assert first != outbox.message_id_of(8, "digest:2026-11-23")
    assert first != outbox.message_id_of(7, "digest:2026-11-24")
