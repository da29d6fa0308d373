"""What waits for a user in the register: what a second officer has to decide or review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Export, LookUp, Merge, Recall, RightsRequest, Sharing, TakingOut
from nhipcau.apps.registry.overseeing import somebody_is_named
from nhipcau.apps.registry.reach import reach_of, sees_all, watches
from nhipcau.apps.registry.reviewing.queue import waiting_pairs
from nhipcau.apps.registry.telling_rights import what_is_due
from nhipcau.apps.webkit.formats import format_date, format_number

MOST = 5
Kind = tuple[QuerySet[Any, Any], Callable[[Any], Waiting]]


def pairs_to_decide(user: User) -> Iterator[Waiting]:
    """How many. One query, for those who keep the register."""
    if not scope_of(user).has("coordinator", "officer") or not sees_all(user):
        return
    count = waiting_pairs(user).count()
    if count:
        words = ngettext("Decide %(n)s pair of records", "Decide %(n)s pairs of records", count)
        yield Waiting(words % {"n": format_number(count)}, reverse("registry:pairs"))


def decisions(user: User) -> Iterator[Waiting]:
    """What she has to decide, answer, review or tell. One query while nothing waits, and one more for each
    kind of which something does.
    """
    kinds = [*_of_the_keeper(user), *_of_the_data_officer(user), *_of_what_leaves(user)]
    if not kinds:
        return
    found = User.objects.filter(pk=user.pk).values_list(*(Exists(rows) for rows, _said in kinds)).get()
    for some, (rows, said) in zip(found, kinds, strict=True):
        if some:
            yield from (said(row) for row in rows[:MOST])


def _of_the_keeper(user: User) -> Iterator[Kind]:
    if not scope_of(user).has("coordinator", "officer") or not sees_all(user):
        return
    # Of who is restricted nothing is decided, and no name told.
    joins = Merge.objects.visible_to(user).filter(state=Merge.State.PROPOSED).exclude(asked_by=user)
    joins = joins.filter(kept__restricted_at=None, gone__restricted_at=None)
    yield joins.select_related("kept").order_by("pk"), _join
    out = TakingOut.objects.visible_to(user).filter(state=TakingOut.State.PROPOSED).exclude(asked_by=user)
    yield out.filter(person__restricted_at=None).select_related("person").order_by("pk"), _taking_out
    # The most urgent first.
    yield RightsRequest.objects.visible_to(user).open().order_by("due_on", "pk"), _request


def _of_the_data_officer(user: User) -> Iterator[Kind]:
    """For the keeper while there is none."""
    if not (watches(user) or (sees_all(user) and not somebody_is_named())):
        return
    # Of others.
    looks = LookUp.objects.visible_to(user).to_review().exclude(user=user)
    yield looks.select_related("user").order_by("review_by", "pk"), _look
    recalled = Recall.objects.visible_to(user).standing().order_by("export")
    yield recalled.values_list("export", flat=True).distinct(), _recall


def _of_what_leaves(user: User) -> Iterator[Kind]:
    if not (reach_of(user).everything or watches(user)):
        return
    exports = Export.objects.visible_to(user).filter(state=Export.State.WAITING).exclude(asked_by=user)
    yield exports.select_related("asked_by").order_by("pk"), _export
    asked = Sharing.objects.visible_to(user).filter(state=Sharing.State.ASKED).exclude(asked_by=user)
    yield asked.order_by("pk"), _sharing


def _join(row: Merge) -> Waiting:
    address = reverse("registry:merge", args=[row.pk])
    return Waiting(_("Decide whether two persons are one"), address, row.kept.name)


def _taking_out(row: TakingOut) -> Waiting:
    address = reverse("registry:person_links", args=[row.person_id])
    return Waiting(_("Decide whether records are taken out of a person"), address, row.person.name)


def _request(row: RightsRequest) -> Waiting:
    said = _("%(what)s by %(due)s") % {
        "what": capfirst(what_is_due(row)),
        "due": format_date(row.next_due),
    }
    return Waiting(said, reverse("registry:right", args=[row.pk]), row.number)


def _look(row: LookUp) -> Waiting:
    address = reverse("registry:lookup", args=[row.pk])
    return Waiting(_("Review a look at a person out of scope"), address, row.user.full_name)


def _recall(export: int) -> Waiting:
    said = _("Tell whoever has export no. %(n)s which rows may not be used any more") % {"n": export}
    return Waiting(said, reverse("registry:export", args=[export]))


def _export(row: Export) -> Waiting:
    said = _("Decide on an export of %(n)s people") % {"n": format_number(row.people)}
    return Waiting(said, reverse("registry:export", args=[row.pk]), row.asked_by.full_name)


def _sharing(row: Sharing) -> Waiting:
    return Waiting(
        _("Decide on handing over people's data"), reverse("registry:sharing", args=[row.pk]), row.body
    )
