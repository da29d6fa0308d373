"""Objects are removed for good: what messages say of them goes too."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.notices.models import Mail, Notice


def forget(about_type: str, about_ids: Iterable[int | str], *, actor: Actor) -> None:
    """Messages about these objects are deleted, and lines about them in mails that wait or whose
    fate is unclear. Part of the removal, whose action asks and records.

    `about_type` is the model's label ("plans.task").
    """
    del actor  # the removal's own event names her
    ids = [str(pk) for pk in about_ids]
    with transaction.atomic():
        Notice.objects.filter(about_type=about_type, about_id__in=ids).delete()
        gone = {f"{about_type}:{pk}" for pk in ids}
        for mail in Mail.objects.exclude(content={}).select_for_update():
            _strip(mail, gone)


def _strip(mail: Mail, gone: set[str]) -> None:
    """Take the lines out; a mail without any others is not needed."""
    parts = mail.content.get("sections", [])
    lines = sum(len(part["lines"]) for part in parts)
    for part in parts:
        part["lines"] = [line for line in part["lines"] if line["about"] not in gone]
    kept = [part for part in parts if part["lines"]]
    if sum(len(part["lines"]) for part in kept) == lines:
        return
    mail.content = {**mail.content, "sections": kept} if kept else {}
    if not kept and mail.state == Mail.State.WAITING:
        mail.state, mail.ended_at = Mail.State.WITHDRAWN, timezone.now()
    mail.save(update_fields=["content", "state", "ended_at"])
