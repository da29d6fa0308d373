"""Mails that open a way in: the outbox keeps whom they go to, never the link; useless ones are withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.actions import invite_by_mail
from nhipcau.apps.accounts import invitations
from nhipcau.apps.accounts.posting import post
from nhipcau.apps.notices import outbox
from nhipcau.apps.notices.models import Mail

BASE = "https://nhipcau.example.gov.vn/"


def invited(cast: Cast) -> Mail:
    invite_by_mail([cast.officer], base=BASE, actor=cast.coordinator)
    return Mail.objects.get()


def test_the_link_stands_nowhere_until_the_mail_leaves(cast: Cast) -> None:
    row = invited(cast)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where args::text like '%reset/key%'")
        assert cursor.fetchone() == (0,)
    assert "reset/key" not in str(row.content)
    outbox.send_waiting(5)
    (sent,) = django_mail.outbox
    (link,) = [line for line in str(sent.body).splitlines() if line.startswith(BASE)]
    assert "reset/key" in link
    assert f'href="{link}"' in sent.alternatives[0].content  # type: ignore[attr-defined]
    row.refresh_from_db()
    assert (row.state, row.content) == ("sent", {})


@pytest.mark.parametrize("why", ["used", "ended", "expired"])
def test_an_invitation_that_opens_nothing_any_more_is_not_sent(cast: Cast, why: str) -> None:
    row = invited(cast)
    if why == "used":
        invitations.use(cast.officer)
    elif why == "ended":
        invitations.end(cast.officer)
    else:
        cast.officer.invitations.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert outbox.send_waiting(5) == 1
    row.refresh_from_db()
    assert (row.state, django_mail.outbox) == ("withdrawn", [])


def test_a_wish_of_yesterday_is_not_granted_today(cast: Cast) -> None:
    post(cast.officer, "password", key="password:a", content={"base": BASE})
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=25))
    outbox.send_waiting(5)
    assert (Mail.objects.get().state, django_mail.outbox) == ("withdrawn", [])


def test_the_same_wish_is_one_mail_and_another_one_a_second(cast: Cast) -> None:
    for key in ("password:a", "password:a", "password:b"):
        post(cast.officer, "password", key=key, content={"base": BASE})
    assert outbox.send_waiting(5) == 2


def test_what_was_under_way_when_the_process_ended_waits_for_a_person(cast: Cast) -> None:
    row = invited(cast)
    Mail.objects.update(state=Mail.State.SENDING, claimed_at=timezone.now())
    outbox.mark_left_behind(timezone.now() + timedelta(hours=1))
    assert outbox.send_waiting(5) == 0
    row.refresh_from_db()
    assert row.state == "unclear"


def test_the_mail_speaks_the_persons_language(cast: Cast) -> None:
    cast.officer.language = "en"
    cast.officer.save()
    invited(cast)
    outbox.send_waiting(5)
    (sent,) = django_mail.outbox
    assert sent.subject == "Your account at Nhịp Cầu"
    assert "Hello" in str(sent.body)


def test_without_a_way_for_mails_nothing_waits_for_ever(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    post(cast.officer, "password", key="password:a", content={"base": BASE})
    assert not Mail.objects.exists()


@pytest.fixture(autouse=True)
def _database(transactional_db: None) -> None:
    """The outbox commits before it hands over."""
