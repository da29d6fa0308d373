"""Invitations: the newest opens, the ones before do not; a slip's code is kept nowhere and works once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actions import invite_by_mail, invite_by_slip, invite_user
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.invitations import LETTERS, plain, redeem
from nhipcau.apps.accounts.models import Invitation, User
from nhipcau.apps.notices import outbox
from nhipcau.apps.notices.models import Mail

BASE = "https://nhipcau.example.vn/"
NEW_PASSWORD = "cầu khỉ gập ghềnh 47"


def opens(link: str) -> bool:
    """Whether the link leads to the form of a new password."""
    response = Client().get(link.removeprefix(BASE.rstrip("/")), follow=True)
    return "password1" in response.content.decode()


def typed(code: str, email: str = "officer@example.vn") -> Any:
    return Client().post("/accounts/invitation/", {"email": email, "code": code})


def choose(client: Client, address: str) -> None:
    page = client.get(address, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


@pytest.fixture
def code(cast: Cast) -> str:
    (slip,) = invite_by_slip([cast.officer], actor=cast.coordinator)
    return slip.code


def test_a_newer_link_ends_the_older_one(cast: Cast) -> None:
    first = invite_user(cast.officer, base=BASE, actor=cast.coordinator)
    assert opens(first)
    second = invite_user(cast.officer, base=BASE, actor=cast.coordinator)
    assert not opens(first)
    assert opens(second)


def test_a_slip_ends_a_link_and_a_link_a_slip(cast: Cast) -> None:
    link = invite_user(cast.officer, base=BASE, actor=cast.coordinator)
    (slip,) = invite_by_slip([cast.officer], actor=cast.coordinator)
    assert not opens(link)
    assert redeem(cast.officer.email, slip.code) == cast.officer
    invite_user(cast.officer, base=BASE, actor=cast.coordinator)
    assert redeem(cast.officer.email, slip.code) is None


def test_the_code_leads_to_the_choice_of_a_password_once(cast: Cast, code: str) -> None:
    client = Client()
    response = client.post("/accounts/invitation/", {"email": "OFFICER@example.vn", "code": code.lower()})
    assert response.status_code == 302
    choose(client, response["Location"])
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(NEW_PASSWORD)
    assert typed(code).status_code == 422
    assert Invitation.objects.get().used_at is not None


def test_a_code_is_read_however_it_is_typed(cast: Cast, code: str) -> None:
    spaced = " ".join(code.replace("-", "").lower())
    assert redeem(cast.officer.email, spaced) == cast.officer
    assert plain(spaced) == code
    assert set(code) <= {*LETTERS, "-"}


@pytest.mark.parametrize(
    "case", ["wrong code", "other user", "nobody", "too old", "locked", "signed in since"]
)
def test_every_refusal_is_the_same(cast: Cast, code: str, case: str, signed_in: SignedIn) -> None:
    email = {"other user": "outsider@example.vn", "nobody": "khong-co@example.vn"}.get(
        case, cast.officer.email
    )
    if case == "too old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if case == "locked":
        User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    if case == "signed in since":
        Client().post("/accounts/login/", {"login": cast.officer.email, "password": "cầu tre lắc lẻo 36"})
    response = typed("2222-2222-2222" if case == "wrong code" else code, email)
    assert response.status_code == 422
    assert "Không có phiếu nào còn hiệu lực" in response.content.decode()


def test_after_ten_tries_even_the_right_code_waits(cast: Cast, code: str) -> None:
    for _ in range(10):
        typed("2222-2222-2222")
    assert "Quá nhiều lần thử" in typed(code).content.decode()


def test_the_code_stands_nowhere_in_the_database(cast: Cast, code: str) -> None:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'select count(*) from "{table}" as t where t::text like %s', [f"%{code}%"])
            assert cursor.fetchone() == (0,), table


def test_a_slip_of_a_new_key_of_the_instance_still_opens(cast: Cast, code: str, settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 60, [settings.SECRET_KEY]
    assert redeem(cast.officer.email, code) == cast.officer


def test_a_mail_carries_a_link_that_is_made_when_it_is_sent(cast: Cast) -> None:
    assert invite_by_mail([cast.officer], base=BASE, actor=cast.coordinator) == 1
    row = Mail.objects.get()
    assert BASE in str(row.content) and "key" not in row.content
    outbox.send_waiting(5)
    (sent,) = mail.outbox
    assert sent.to == [cast.officer.email]
    (link,) = [line for line in sent.body.splitlines() if line.startswith(BASE)]
    assert opens(link)


def test_a_mail_that_a_newer_invitation_ended_is_not_sent(cast: Cast) -> None:
    invite_by_mail([cast.officer], base=BASE, actor=cast.coordinator)
    invite_user(cast.officer, base=BASE, actor=cast.coordinator)
    outbox.send_waiting(5)
    assert mail.outbox == []
    assert Mail.objects.get().state == Mail.State.WITHDRAWN


def test_where_mails_go_nowhere_slips_are_printed_instead(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(Refused):
        invite_by_mail([cast.officer], base=BASE, actor=cast.coordinator)
    assert not Invitation.objects.exists()


def test_a_locked_account_gets_no_slip(cast: Cast) -> None:
    with pytest.raises(Refused):
        invite_by_slip([cast.leaver], actor=cast.coordinator)
