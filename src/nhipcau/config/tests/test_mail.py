"""How mails leave: one way of three, chosen by the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection

from nhipcau.config import mail

NAMES = ("SMTP_URL", "MAIL_PROVIDER", "MAIL_KEY", "MAIL_SECRET", "MAIL_DOMAIN", "MAIL_API", "MAIL_FOLDER")


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The settings that an environment gives."""

    def of(production: bool = True, **environment: str) -> dict[str, Any]:
        for name in NAMES:
            monkeypatch.delenv(f"NHIPCAU_{name}", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(f"NHIPCAU_{name}", value)
        return mail.settings(production=production, data=tmp_path)

    return of


def test_smtp(chosen: Any) -> None:
    found = chosen(SMTP_URL="smtp://u%40x:p%20w@mail.example:587?tls=1")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("u@x", "p w")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)


def test_nothing_chosen_is_a_folder_for_trying_and_no_mail_at_work(chosen: Any, tmp_path: Path) -> None:
    assert chosen(production=False)["EMAIL_FILE_PATH"] == tmp_path / "mails"
    assert chosen()["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize("name", sorted(mail.PROVIDERS))
def test_each_provider_takes_its_key_and_sends(
    chosen: Any, settings: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as the wire: the request bears the key and the mail."""
    given = chosen(
        MAIL_PROVIDER=name, MAIL_KEY="the-key", MAIL_SECRET="the-secret", MAIL_API="https://api.example/v1/"
    )
    settings.EMAIL_BACKEND, settings.ANYMAIL = given["EMAIL_BACKEND"], given["ANYMAIL"]
    asked: list[Any] = []

    class Stop(Exception):
        pass

    def request(_session: Any, **named: Any) -> Any:
        asked.append(named)
        raise Stop

    monkeypatch.setattr("requests.Session.request", request)
    message = EmailMessage(
        "Nhắc việc", "Nội dung", "nhipcau@example.vn", ["an@example.vn"], headers={"Message-ID": "<a@x>"}
    )
    connection = get_connection()
    with pytest.raises(Stop):
        connection.send_messages([message])
    connection.close()
    (sent,) = asked
    assert sent["timeout"] == mail.SECONDS
    assert str(sent["url"]).startswith("https://")
    # As a header, as half of a password, or inside the mail itself: that is the provider's way.
    keyed = repr((sent["headers"], sent["auth"], sent["data"], sent["params"]))
    assert "the-key" in keyed


def test_a_folder_is_used_by_its_whole_path(chosen: Any) -> None:
    assert chosen(MAIL_FOLDER="thu")["EMAIL_FILE_PATH"].is_absolute()
