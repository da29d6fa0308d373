"""An officer looks at one person out of her scope: with a reason, for an hour at most, told and reviewed."""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.entering import TELLING_DIGITS
from nhipcau.apps.registry.models import LookUp, Membership, Person
from nhipcau.apps.registry.models.lookup import LONGEST_MINUTES
from nhipcau.apps.registry.numbers import persons_with
from nhipcau.apps.registry.overseeing import data_officers
from nhipcau.apps.registry.reach import forget_reach
from nhipcau.apps.registry.search import found_by
from nhipcau.core.sealing import SealingError
from nhipcau.core.text import fold

REVIEW_WITHIN = timedelta(hours=72)
SEEKER = "look-up"


def look_up(*, name: str, by: str, fact: str, reason: str, words: str, actor: User) -> Person | None:
    """The person with exactly this name (in any order and case) and this year of birth, telephone or number;
    None when nobody has both, or more than one. Raises Refused when she has looked too often today.

    Every try counts and is on record; of what was asked nothing is kept. Who reads the person anyway gets no
    more than that.
    """
    now = timezone.now()
    with act(actor, "registry.look_up", LookUp, permission="create") as entry:
        User.objects.select_for_update().get(pk=actor.pk)
        _not_too_often(actor)
        found = _the_one(name, by, fact)
        hers = found is not None and Person.objects.in_scope_of(actor).filter(pk=found).exists()
        minutes = min(max(settings.LOOKUP_MINUTES, 1), LONGEST_MINUTES)
        granted = found is not None and not hers
        look = LookUp.objects.create(
            user=actor,
            reason=reason,
            words=" ".join(words.split()),
            by=by,
            person_id=found if granted else None,
            made_at=now,
            until=now + timedelta(minutes=minutes) if granted else None,
            review_by=now + REVIEW_WITHIN if granted else None,
        )
        entry.subject = look
        note(entry, person=look.person_id, why=reason, by=by)
        if granted:
            tell(
                data_officers(),
                "registry.looked_up",
                key=f"looked_up:{look.pk}",
                actor=actor,
                about=look,
                who=actor.full_name,
                until=timezone.localdate(now + REVIEW_WITHIN),
            )
    forget_reach(actor)
    return Person.objects.visible_to(actor).filter(pk=found).first() if found is not None else None


def _not_too_often(actor: User) -> None:
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if LookUp.objects.filter(user=actor, made_at__gte=start).count() >= settings.LOOKUPS_A_DAY:
        raise Refused(
            _("You have looked for people out of your scope often enough today. Write to the keeper instead.")
        )


def _the_one(name: str, by: str, fact: str) -> int | None:
    """Asked as a part of the system, for the person is out of the officer's reach."""
    with as_part(SEEKER):
        if by == LookUp.By.NUMBER:
            try:
                candidates = persons_with(fact)
            except SealingError as error:
                raise Refused(
                    _("The numbers cannot be opened: the keys of this instance lack. Tell the administrator.")
                ) from error
        else:
            candidates = found_by(f"{name} {_told_by(by, fact)}") or []
        found = _named(candidates, name, by, fact)
    return found.pop() if len(found) == 1 else None


def _told_by(by: str, fact: str) -> str:
    return re.sub(r"\D", "", fact)[-TELLING_DIGITS:] if by == LookUp.By.PHONE else fact.strip()


def _named(candidates: list[int], name: str, by: str, fact: str) -> set[int]:
    """Of these persons those with a record that says just this name, and one that says the fact."""
    usable = Person.objects.usable().filter(pk__in=candidates)
    standing = Q(person__in=usable, until=None, record__erased_at=None)
    rows = Membership.objects.filter(standing).values_list(
        "person", "record__name", "record__foreign_name", "record__birth", "record__phone"
    )
    wanted, told = sorted(fold(name).split()), _told_by(by, fact)
    called, known = set(), set()
    for person, own, foreign, birth, phone in rows:
        if wanted and wanted in (sorted(fold(own).split()), sorted(fold(foreign).split())):
            called.add(person)
        if (
            by == LookUp.By.NUMBER
            or (by == LookUp.By.YEAR and birth[:4] == told)
            or (by == LookUp.By.PHONE and told and _told_by(by, phone) == told)
        ):
            known.add(person)
    return called & known
