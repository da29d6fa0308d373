"""Somebody confirmed what is known of a person; what a relative said expires unless it is confirmed."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.expiring import expired
from nhipcau.apps.registry.keeping import keepers
from nhipcau.apps.registry.models import Basis, Person, Verification

EXPIRER = System("verification")
UNVERIFIED = "registry.unverified"


def verify_person(person: Person, *, by: str, on: date, evidence: str, actor: User) -> Verification:
    """Raises Refused for a day to come, without evidence, and for a relative's word that is over already."""
    with act(actor, "registry.verify_person", person, permission="verify") as entry:
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.merged_into_id is not None or not found.records:
            raise Refused(_("This person was joined to another one or erased."))
        today = timezone.localdate()
        if on > today:
            raise Refused(_("Give a day up to today."))
        if not evidence.strip():
            raise Refused(_("Say what shows it: the paper, the letter, the call."))
        expires = on + timedelta(days=settings.RELATIVE_DAYS) if by == Basis.RELATIVE else None
        if expires is not None and expires <= today:
            raise Refused(_("What a relative said that long ago holds no more. Ask again."))
        made = Verification.objects.create(
            person=found,
            by=by,
            verified_on=on,
            evidence=" ".join(evidence.split())[:300],
            expires_on=expires,
            recorded_by=actor,
        )
        derive([found.pk])
        note(entry, verification=made.pk, by=by)
    return made


def end_verification(verification: Verification, *, reason: str, actor: User) -> None:
    """It was a mistake. Raises Refused without a reason, and for one that holds no more anyway."""
    with act(actor, "registry.end_verification", verification, permission="end") as entry:
        if not reason.strip():
            raise Refused(_("Write the reason."))
        found = Verification.objects.select_for_update(of=("self",)).get(pk=verification.pk)
        if found.ended_at is not None:
            raise Refused(_("This verification holds no more already."))
        found.ended_at, found.ended_by, found.ended_reason = timezone.now(), actor, reason.strip()[:300]
        found.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        _derive_with_joined(found)
        note(entry, person=found.person_id)


def expire_verifications() -> int:
    """What relatives said and nobody confirmed holds no more: how many people are unverified since. The
    keeper is told how many, never who.
    """
    today = timezone.localdate()
    people, over = expired(today), Verification.objects.standing().filter(expires_on__lte=today)
    if not people and not over.exists():
        return 0
    with act(EXPIRER, "registry.expire_verifications", Verification, permission="end") as entry:
        over.update(ended_at=timezone.now())
        derive(people)
        count = Person.objects.filter(pk__in=people, basis=Basis.UNVERIFIED).standing().count()
        note(entry, people=count)
        if count:
            key = f"{UNVERIFIED}:{today.isoformat()}"
            tell(keepers(today), UNVERIFIED, key=key, actor=EXPIRER, people=count)
    return count


def _derive_with_joined(verification: Verification) -> None:
    """Of the person, and of whom she was joined to."""
    person: Person | None = verification.person
    chain = []
    while person is not None:
        chain.append(person.pk)
        person = person.merged_into
    derive(chain)
