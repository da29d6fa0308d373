"""A group that a document names, with candidate members by kind: it waits for a coordinator to confirm it
once.
"""

from __future__ import annotations

from collections.abc import Collection

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion, SetMember, SetPhrase
from nhipcau.core.text import fold


def propose_set(
    phrase: str, kinds: Collection[str], *, actor: Actor, name: str = "", read: bool = False
) -> OrganisationSet:
    """The set that the phrase means: the known one, else that of the same kinds, else a new one.

    Candidates are all working units that ever had one of `kinds`, each for the time it had it. The phrase
    is remembered; with `read` as one that a document taught. The record has none of its words: the document
    can be removed for good.
    """
    known = SetPhrase.objects.select_related("set").filter(phrase_fold=fold(phrase)).first()
    if known is not None:
        return known.set
    wanted = sorted(set(kinds))
    with act(actor, "orgs.propose_set", OrganisationSet, permission="create") as entry:
        found = OrganisationSet.objects.filter(kinds=wanted).order_by("pk").first() if wanted else None
        if found is None:
            title = " ".join((name or phrase).split())[:200]
            found = OrganisationSet.objects.create(name=title[:1].upper() + title[1:], kinds=wanted)
            candidates = OrganisationVersion.objects.working().filter(kind__in=wanted)
            SetMember.objects.bulk_create(
                SetMember(set=found, organisation_id=version.organisation_id, valid=version.valid)
                for version in candidates
            )
        SetPhrase.objects.create(set=found, phrase=phrase[:300], read=read)
        entry.subject = found
        note(entry, kinds=wanted)
    return found
