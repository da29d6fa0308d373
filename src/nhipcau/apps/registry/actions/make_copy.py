"""A person's own data become a document that is handed to her, and goes when its days are over."""

from __future__ import annotations

import io
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.registry.models import RightsRequest, SubjectCopy
from nhipcau.apps.registry.own_copy import own_copy
from nhipcau.apps.registry.retention import days_of
from nhipcau.apps.registry.rights_stages import possible

KEPT_AS = "rights_documents"


def make_copy(request: RightsRequest, *, actor: User) -> SubjectCopy:
    """Raises Refused before the request is granted, and when the file cannot be kept."""
    with act(actor, "registry.make_copy", request, permission="answer") as entry:
        found = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not possible(found, "copy") or found.person is None:
            raise Refused(_("The copy is made once the request is granted."))
        # The record of who read her page is not every keeper's to read; her own part of it is hers.
        with as_part("rights"):
            data, records = own_copy(found.person, found)
        try:
            upload = attach_file(
                io.BytesIO(data), f"du-lieu-{found.number.replace('/', '-')}.docx", actor=actor
            )
        except AttachmentRefused as refused:
            raise Refused(refused.message()) from refused
        made = SubjectCopy.objects.create(
            request=found,
            upload=upload,
            records=records,
            made_by=actor,
            expires_on=timezone.localdate() + timedelta(days=days_of(KEPT_AS)),
        )
        note(entry, copy=made.pk, records=records)
    return made


def fetch_copy(copy: SubjectCopy, *, actor: User) -> None:
    """That it was fetched is in the record. Raises Refused when its days are over."""
    with act(actor, "registry.fetch_copy", copy.request, permission="answer") as entry:
        if not SubjectCopy.objects.standing().filter(pk=copy.pk).exists():
            raise Refused(_("The days of this copy are over. Make another one."))
        note(entry, copy=copy.pk)
