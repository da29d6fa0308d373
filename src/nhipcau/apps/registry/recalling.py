"""Whoever may not be used any more leaves the files that hold her: those that wait are deleted, their owners
told; rows of those that were downloaded are noted, so that the data officer has their recipients told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection
from django.utils import timezone

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.erasing import Erased
from nhipcau.apps.registry.export_files import end_files
from nhipcau.apps.registry.exporting import FIRST_LINE, ended_by, usable_for
from nhipcau.apps.registry.models import Export, LookUp, Recall
from nhipcau.apps.registry.overseeing import data_officers

RECALLER = System("recalls")
# What is written of an export of so few may tell of one of them.
FEW = 10


def still_usable(holds: Sequence[int], purpose: str) -> bool:
    """Whether all of these persons may be in a file. Until the transaction ends nobody's use is ended."""
    _one_at_a_time()
    return usable_for(purpose).filter(pk__in=holds).order_by().count() == len(holds)


def _one_at_a_time() -> None:
    """A file that is being kept, and the end of a use: one sees the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('registry.recall'))")


def recall(persons: Collection[int], why: Recall.Why, *, consent: str = "") -> int:
    """Of these persons (ids), in the running transaction; how many exports. `consent`: the purpose whose
    consent was withdrawn: files for other purposes stay. Done by rule: the files may be out of the actor's
    reach.
    """
    with as_part(RECALLER.name):
        _one_at_a_time()
        held = Export.objects.select_for_update(of=("self",)).filter(holds__overlap=list(persons))
        found = [
            each
            for each in held.select_related("asked_by").order_by("pk")
            if not consent or consent in ended_by(each.purpose)
        ]
        for each in found:
            _call_back(each, persons, why)
    return len(found)


def _call_back(export: Export, persons: Collection[int], why: Recall.Why) -> None:
    waited = bool(end_files(Export.objects.filter(pk=export.pk), why.value))
    made = 0
    if export.taken_at is not None:
        lines = [FIRST_LINE + place for place, person in enumerate(export.holds) if person in persons]
        known = set(export.recalls.standing().filter(why=why).values_list("line", flat=True))
        for line in lines:
            if line not in known:
                Recall.objects.create(export=export, line=line, why=why)
                made += 1
    key = f"{export.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    if waited or made:
        _tell("registry.export_withdrawn", [export.asked_by], export, key)
    if made:
        others = [each for each in data_officers() if each.pk != export.asked_by_id]
        _tell("registry.recall", others, export, key)


def _tell(kind: str, users: Sequence[User], export: Export, key: str) -> None:
    tell(users, kind, key=f"{kind}:{key}", actor=RECALLER, about=export, n=export.pk)


def forget(erased: Erased) -> None:
    """Of somebody who was erased: the files that hold her, the words by which she was looked for."""
    recall(erased.persons, Recall.Why.ERASED)
    exports = Export.objects.filter(holds__overlap=list(erased.persons))
    exports.update(wanted={})
    exports.filter(count__lte=FEW).update(words="")
    LookUp.objects.filter(person__in=erased.persons).update(words="", verdict_words="")
