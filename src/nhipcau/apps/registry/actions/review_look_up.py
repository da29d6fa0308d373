"""Another person says whether a look out of scope was in order."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.models import LookUp


def review_look_up(look: LookUp, *, verdict: str, words: str, actor: User) -> LookUp:
    """Misuse is said in words, ends what is left of the hour, and is told to who looked. Raises Refused
    without them, for a look that found nobody, and the second time.
    """
    with act(actor, "registry.review_look_up", look, permission="review") as entry:
        found = LookUp.objects.select_for_update(of=("self",)).get(pk=look.pk)
        words = " ".join(words.split())
        if found.until is None:
            raise Refused(_("Nobody was found: there is nothing to review."))
        if found.verdict:
            raise Refused(_("This was reviewed already."))
        if verdict == LookUp.Verdict.MISUSE and not words:
            raise Refused(_("Say in words what was misused."))
        now = timezone.now()
        found.verdict, found.verdict_words = LookUp.Verdict(verdict), words
        found.reviewed_by, found.reviewed_at = actor, now
        if verdict == LookUp.Verdict.MISUSE:
            found.until = min(found.until, now)
            key = f"misuse:{found.pk}"
            tell([found.user], "registry.misuse", key=key, actor=actor, about=found, words=words)
        found.save()
        note(entry, verdict=verdict)
    return found
