"""Sessions end: after half an hour without a request, after twelve hours, and everywhere at a lock."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actions import lock_user, sign_out_user, unlock_user
from nhipcau.apps.accounts import jobs, sessions

MINUTE, HOUR = 60, 3600


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:home")).status_code == 200


@pytest.fixture
def clock(monkeypatch: Any) -> Any:
    """Sets the sessions' clock so many seconds ahead."""

    class Clock:
        now = time.time()

        def ahead(self, seconds: float) -> None:
            self.now += seconds

    running = Clock()
    monkeypatch.setattr(sessions.time, "time", lambda: running.now)
    return running


def test_half_an_hour_without_a_request_ends_it(signed_in: SignedIn, clock: Any) -> None:
    client = signed_in("officer")
    assert is_in(client)
    clock.ahead(32 * MINUTE)
    assert not is_in(client)


def test_who_works_stays(signed_in: SignedIn, clock: Any) -> None:
    client = signed_in("officer")
    for _ in range(6):
        assert is_in(client)
        clock.ahead(25 * MINUTE)
    assert is_in(client)


def test_twelve_hours_end_it_even_for_who_works(signed_in: SignedIn, clock: Any) -> None:
    client = signed_in("officer")
    for _ in range(30):
        is_in(client)
        clock.ahead(25 * MINUTE)
    assert not is_in(client)


def test_a_busy_page_writes_the_session_once_a_minute(
    signed_in: SignedIn, clock: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in("officer")
    is_in(client)
    with django_assert_num_queries(30, exact=False) as captured:
        is_in(client)
    assert not [query for query in captured.captured_queries if "UPDATE" in query["sql"]]


def test_a_lock_signs_out_everywhere_at_once(cast: Cast, signed_in: SignedIn) -> None:
    office, phone = signed_in("officer"), signed_in("officer")
    lock_user(cast.officer, reason="Chuyển công tác", actor=cast.system_admin)
    assert not is_in(office)
    assert not is_in(phone)


def test_an_unlocked_account_does_not_get_its_old_sessions_back(cast: Cast, signed_in: SignedIn) -> None:
    old = signed_in("officer")
    lock_user(cast.officer, reason="Nhầm", actor=cast.system_admin)
    unlock_user(cast.officer, reason="Khóa nhầm", actor=cast.system_admin)
    assert not is_in(old)
    cast.officer.refresh_from_db()
    assert is_in(signed_in("officer"))


def test_at_night_ended_sessions_and_old_tries_go(cast: Cast, signed_in: SignedIn) -> None:
    signed_in("officer")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    Client().post(reverse("account_login"), {"login": "ai-do@example.vn", "password": "x"})
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=1))
    jobs.clear_expired(0)
    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_one_can_sign_out_everywhere_oneself(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    sign_out_user(cast.officer, actor=cast.officer)
    assert not is_in(client)
