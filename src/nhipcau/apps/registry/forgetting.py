"""What is said in words on a person's requests and consents goes; days and kinds stay as proof."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from nhipcau.apps.files import removed
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.models import (
    Consent,
    Restriction,
    RightsRequest,
    SubjectCopy,
    Verification,
)

REQUEST_WORDS = (
    "about",
    "asker",
    "contact",
    "mandate",
    "words",
    "extension_reason",
    "decision_reason",
    "ended_how",
)
_WORDS: dict[type[models.Model], tuple[str, ...]] = {
    Consent: ("representative", "proof", "withdrawn_how"),
    Verification: ("evidence", "ended_reason"),
    Restriction: ("reason", "lifted_reason"),
    RightsRequest: REQUEST_WORDS,
}


def forget_rights(persons: Collection[int]) -> None:
    """Of these persons (ids), with the copies that were made for them."""
    for model, words in _WORDS.items():
        model._default_manager.filter(person__in=persons).update(**dict.fromkeys(words, ""))
    forget_copies(SubjectCopy.objects.filter(request__person__in=persons))


def forget_copies(copies: models.QuerySet[SubjectCopy]) -> int:
    """The files of these copies; how many were there still."""
    kept = copies.filter(upload__state=Upload.State.KEPT).select_related("upload")
    uploads = {copy.upload_id: copy.upload for copy in kept}
    for upload in uploads.values():
        removed.blank(upload)
    return len(uploads)
