"""A phrase that means a set from now on."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import OrganisationSet, SetPhrase
from nhipcau.core.text import fold


def name_set_phrase(named: OrganisationSet, phrase: str, *, actor: Actor) -> SetPhrase:
    """The phrase means this set; one that meant another set means it no longer."""
    phrase = phrase[:300]
    with act(actor, "orgs.name_set_phrase", named, permission="confirm") as entry:
        old = SetPhrase.objects.filter(phrase_fold=fold(phrase)).values_list("set_id", flat=True).first()
        found, _new = SetPhrase.objects.update_or_create(
            phrase_fold=fold(phrase), defaults={"phrase": phrase, "set": named, "read": False}
        )
        note(entry, phrase=found.pk, before=old)
    return found
