"""The file of an export is downloaded by who asked for it; it is deleted before its time."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.export_files import content, end_files
from nhipcau.apps.registry.models import Export
from nhipcau.core.sealing import SealingError

SHUT = _("The file cannot be opened with the keys that are here. Tell the administrator.")
GONE = _("The file is no longer there. Ask for a new export.")


def take_export(export: Export, *, actor: User) -> bytes:
    """The workbook; each download is on record. Raises Refused when there is no file, its time is over, or
    the keys do not open it.
    """
    with act(actor, "registry.download_export", export, permission="take") as entry:
        found = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
        over = found.expires_at is not None and found.expires_at <= timezone.now()
        if not found.file or over:
            raise Refused(GONE)
        try:
            workbook = content(found)
        except FileNotFoundError:
            raise Refused(GONE) from None
        except SealingError:
            raise Refused(SHUT) from None
        if found.taken_at is None:
            found.taken_at = timezone.now()
            found.save(update_fields=["taken_at"])
        note(entry, count=found.count)
    return workbook


def end_export(export: Export, *, actor: Actor, why: str = Export.Why.DELETED) -> None:
    """Raises Refused when there is no file."""
    with act(actor, "registry.end_export", export, permission="end") as entry:
        if not end_files(Export.objects.filter(pk=export.pk), why):
            raise Refused(GONE)
        note(entry, count=export.count)
