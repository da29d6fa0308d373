"""Handing a mail over, and what an error says of whether it left."""

from __future__ import annotations

import smtplib
from typing import Literal

from anymail.exceptions import AnymailError, AnymailRequestsAPIError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# sent; refused for good; not taken now, to be tried again; nobody knows.
Verdict = Literal["sent", "refused", "later", "unclear"]


class NotReached(Exception):
    """No connection: nothing was handed over. `cause` is the error's name."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def open_line(connection: BaseEmailBackend) -> None:
    """Connect before anything is handed over. Raises NotReached."""
    try:
        connection.open()
    except Exception as error:  # whatever it is, no mail has left
        raise NotReached(name_of(error)) from error


def hand_over(connection: BaseEmailBackend, message: EmailMessage) -> tuple[Verdict, str]:
    """Send one mail over an open connection; what became of it, and the error's name."""
    try:
        count = connection.send_messages([message])
    except Exception as error:  # judged by its kind; what is not known is unclear
        return verdict(error), name_of(error)
    return ("sent", "") if count else ("later", "not taken")


def verdict(error: Exception) -> Verdict:
    """Only an answer that refuses is a refusal: after a broken line the mail may have left."""
    if isinstance(error, AnymailRequestsAPIError):
        return _by_status(error.status_code)
    if isinstance(error, AnymailError):
        return "refused"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _answer in error.recipients.values()]
        return "refused" if all(code >= 500 for code in codes) else "later"
    if isinstance(error, smtplib.SMTPResponseException):
        return "refused" if error.smtp_code >= 500 else "later"
    return "unclear"


def _by_status(status: int | None) -> Verdict:
    if status == 429:
        return "later"
    return "refused" if status is not None and 400 <= status < 500 and status != 408 else "unclear"


def name_of(error: BaseException) -> str:
    """Its kind and the server's code, without its words."""
    code = getattr(error, "smtp_code", None) or getattr(error, "status_code", None) or ""
    return f"{type(error).__name__} {code}".strip()[:120]
