"""Invitations and forgotten passwords: one link, used once; the page answers alike whoever asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from nhipcau.apps.access.actions import create_user, invite_user
from nhipcau.apps.accounts import jobs
from nhipcau.apps.accounts.links import password_link
from nhipcau.apps.notices import outbox

BASE = "http://testserver/"
NEW = "đò ngang sang sông 45"


def set_password(link: str, password: str = NEW) -> Any:
    """As a browser: follow the link, fill in the form."""
    client = Client()
    page = client.get(urlsplit(link).path, follow=True)
    if not page.redirect_chain:
        return page
    address = page.redirect_chain[-1][0]
    return client.post(address, {"password1": password, "password2": password})


def test_the_invitation_sets_a_password_once(cast: Cast) -> None:
    user = create_user("moi@example.vn", "Người Mới", actor=cast.system_admin)
    link = invite_user(user, base=BASE, actor=cast.system_admin)
    assert set_password(link).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    again = Client().get(urlsplit(link).path, follow=True)
    assert not again.redirect_chain
    assert again.context["token_fail"]


def test_a_weak_password_is_refused(cast: Cast) -> None:
    user = create_user("moi@example.vn", "Người Mới", actor=cast.system_admin)
    assert set_password(invite_user(user, base=BASE, actor=cast.system_admin), "123456").status_code == 200


def test_a_forged_link_is_refused(cast: Cast) -> None:
    link = password_link(cast.officer, BASE)
    forged = link[:-5] + "00000/"
    assert Client().get(urlsplit(forged).path).context["token_fail"]


def deferred() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'accounts.mail_reset_link'")
        return [row[0] for row in cursor.fetchall()]


def ask(email: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": email})


def test_asking_for_a_new_password_answers_alike(cast: Cast, django_assert_num_queries: Any) -> None:
    counts = []
    for email in (cast.officer.email, "nobody@example.vn", cast.leaver.email):
        with django_assert_num_queries(100, exact=False) as captured:
            response = ask(email)
        counts.append((response.status_code, response.url, len(captured)))
    assert len(set(counts)) == 1
    assert len(deferred()) == 3
    assert mail.outbox == []


def test_the_job_writes_to_an_active_user(cast: Cast) -> None:
    for _twice in range(2):
        jobs.mail_reset_link(email=cast.officer.email, base=BASE, key="k")
    outbox.send_waiting(5)
    (message,) = mail.outbox
    assert message.to == [cast.officer.email]
    link = next(line for line in str(message.body).splitlines() if line.startswith("http"))
    assert set_password(link).status_code == 302


@pytest.mark.parametrize("email", ["nobody@example.vn", "leaver@example.vn"])
def test_the_job_writes_to_nobody_else(cast: Cast, email: str) -> None:
    jobs.mail_reset_link(email=email, base=BASE, key="k")
    assert outbox.send_waiting(5) == 0
    assert mail.outbox == []


def test_a_link_of_a_locked_account_opens_nothing(cast: Cast) -> None:
    set_password(password_link(cast.leaver, BASE))
    response = Client().post(reverse("account_login"), {"login": cast.leaver.email, "password": NEW})
    assert response.status_code == 200
