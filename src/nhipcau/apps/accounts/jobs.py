"""Work after the answer: mails, and the removal of what has expired."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.links import password_link
from nhipcau.apps.accounts.models import User


@app.task(name="accounts.mail_reset_link", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def mail_reset_link(*, email: str, base: str, language: str) -> None:
    """To the address, when an active user has it; else nothing happens."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    with translation.override(language):
        body = render_to_string(
            "accounts/reset_mail.txt", {"name": user.full_name, "link": password_link(user, base)}
        )
        EmailMessage(gettext("Set a new password"), body, to=[user.email]).send()


@app.periodic(cron="17 2 * * *")
@app.task(name="accounts.clear_expired", pass_context=False)
def clear_expired(timestamp: int) -> None:
    """Every night: sessions that ended, and names that strangers typed at the entrance."""
    del timestamp
    with transaction.atomic():
        SessionStore.clear_expired()
        AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
