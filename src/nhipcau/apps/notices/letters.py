"""A row of the outbox as a mail: plain text and simple HTML, in the language of whom it goes to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from nhipcau.apps.notices.models import Mail
from nhipcau.apps.notices.ways_in import written

# What a mail program or a server must not answer, as an absence note would.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def letter(mail: Mail) -> EmailMultiAlternatives:
    """To the address that the person has now. Templates: notices/mail/KIND.txt, .html. Raises NotWanted."""
    with translation.override(mail.recipient.language):
        context: dict[str, Any] = {
            "content": mail.content,
            "base": link_base(),
            "product": "Nhịp Cầu",
            "province": settings.PROVINCE_NAME,
            "language": mail.recipient.language,
            **written(mail),
        }
        text = render_to_string(f"notices/mail/{mail.kind}.txt", context)
        page = render_to_string(f"notices/mail/{mail.kind}.html", {**context, "text": text})
    headers = {**HEADERS, "Message-ID": mail.message_id, "Content-Language": mail.recipient.language}
    subject = " ".join(str(mail.content.get("subject", "")).split())
    made = EmailMultiAlternatives(subject, text, to=[mail.recipient.email], headers=headers)
    made.attach_alternative(page, "text/html")
    return made


def link_base() -> str:
    """What people type, without a slash; links need it, as no request stands behind a mail."""
    return settings.PUBLIC_ADDRESS or settings.LOCAL_ADDRESS
