"""Work after the answer: who asked for a new password, and the removal of what has expired."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User
from nhipcau.apps.accounts.posting import post


@app.task(name="accounts.mail_reset_link", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def mail_reset_link(*, email: str, base: str, key: str) -> None:
    """To the address, when an active user has it; else nothing happens. Doing it twice is doing it once."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is not None:
        post(user, "password", key=f"password:{key}", content={"base": base})


@app.periodic(cron="17 2 * * *")
@app.task(name="accounts.clear_expired", pass_context=False)
def clear_expired(timestamp: int) -> None:
    """Every night: sessions that ended, and names that strangers typed at the entrance."""
    del timestamp
    with transaction.atomic():
        SessionStore.clear_expired()
        AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
