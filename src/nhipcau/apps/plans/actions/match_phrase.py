"""What an agency phrase means, said once for all drafts of a document."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.actions import add_alias, name_set_phrase
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models import Document, DraftAssignment
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing
from nhipcau.core.text import fold


def match_phrase(
    document: Document,
    phrase: str,
    target: Organisation | OrganisationSet | None,
    *,
    actor: Actor,
    remember: bool = True,
) -> int:
    """Set the meaning of `phrase` in every draft; returns in how many places it stood.

    `target` None keeps it as written: it names nobody in particular. With `remember` the phrase becomes
    an alias of the organisation (without limit in time), or a phrase of the set, so the next document is
    matched by itself.
    """
    folded = fold(phrase)
    if not folded:
        raise Refused("no-agency")
    places = DraftAssignment.objects.filter(draft__document=document, phrase_fold=folded)
    drafts = set(places.values_list("draft_id", flat=True))
    with reviewing(document, "match_phrase", actor=actor, seen=dict.fromkeys(drafts)) as change:
        count = places.update(
            organisation=target if isinstance(target, Organisation) else None,
            set=target if isinstance(target, OrganisationSet) else None,
            as_written=target is None,
        )
        if remember and isinstance(target, Organisation):
            add_alias(target, phrase, actor=actor)
        if remember and isinstance(target, OrganisationSet):
            name_set_phrase(target, phrase, actor=actor)
        kind = type(target).__name__ if target is not None else "as written"
        change.entry.data.update(places=count, target=kind, id=target.pk if target else None)
    return count
