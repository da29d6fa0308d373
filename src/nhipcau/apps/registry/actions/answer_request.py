"""The steps of a person's request: acknowledged, found, extended, granted or refused, carried out.

Reasons stand on the request, where an erasure reaches them, and not in the record of actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.record import Entry
from nhipcau.apps.registry.models import Person, RightsRequest
from nhipcau.apps.registry.rights_done import what_lacks
from nhipcau.apps.registry.rights_stages import possible

State, Identity = RightsRequest.State, RightsRequest.Identity
LONGEST_REASON = 300


@contextmanager
def framed(
    request: RightsRequest, verb: str, step: str, actor: User
) -> Iterator[tuple[RightsRequest, Entry]]:
    """The request, locked, where the step can be taken; saved at the end."""
    with act(actor, verb, request, permission="answer") as entry:
        found = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not possible(found, step):
            raise Refused(_("This cannot be done now: the request has gone on. Look at the page again."))
        yield found, entry
        found.revision += 1
        found.save()


def acknowledge_request(request: RightsRequest, *, on: date, actor: User) -> None:
    """`on`: the day on which who asked was told. Raises Refused for one to come or before the receipt."""
    with framed(request, "registry.acknowledge_request", "acknowledge", actor) as (found, entry):
        _check_day(on, found.received_on)
        found.acknowledged_on, found.state = on, State.ACKNOWLEDGED
        note(entry, on=on.isoformat(), in_time=on <= found.acknowledge_by)


def find_requester(request: RightsRequest, person: Person, *, actor: User) -> None:
    """Whom it is about. Raises Refused for one who was joined to another."""
    with framed(request, "registry.find_requester", "find", actor) as (found, entry):
        if person.merged_into_id is not None:
            raise Refused(_("This person was joined to another one. Choose that one."))
        found.person = person
        note(entry, person=person.pk)


def check_identity(request: RightsRequest, *, identity: str, mandate: str, actor: User) -> None:
    """How it was made sure who asks, and for a representative by which paper she may."""
    with framed(request, "registry.check_requester", "check", actor) as (found, entry):
        found.identity, found.mandate = Identity(identity), " ".join(mandate.split())[:300]
        note(entry, identity=found.identity)


def extend_request(request: RightsRequest, *, to: date, reason: str, actor: User) -> None:
    """Once, with a reason. Raises Refused without one, for a day before or beyond what law allows."""
    with framed(request, "registry.extend_request", "extend", actor) as (found, entry):
        _check_reason(reason)
        last = found.first_due_on + timedelta(days=int(found.terms.get("extension", 0)))
        if not found.first_due_on < to <= last:
            raise Refused(_("An extension may go to %(last)s at most.") % {"last": f"{last:%d/%m/%Y}"})
        if timezone.localdate() > found.first_due_on:
            raise Refused(_("The time is over already: it cannot be extended any more. Answer now."))
        found.extended_on, found.due_on = timezone.localdate(), to
        found.extension_reason = reason.strip()[:LONGEST_REASON]
        note(entry, to=to.isoformat())


def grant_request(request: RightsRequest, *, reason: str = "", actor: User) -> None:
    """Raises Refused while it is not known who asks, about whom, or by which paper for somebody else."""
    with framed(request, "registry.grant_request", "grant", actor) as (found, _entry):
        if found.person_id is None:
            raise Refused(_("Find the person in the register first, or refuse with the reason."))
        if found.identity == Identity.OPEN:
            raise Refused(_("Note how the identity was checked first."))
        if found.asked_by == RightsRequest.Asker.REPRESENTATIVE and not found.mandate:
            raise Refused(_("Note the paper by which somebody represents the person first."))
        _decide(found, State.GRANTED, reason, actor)


def refuse_request(request: RightsRequest, *, reason: str, actor: User) -> None:
    """Raises Refused without a reason."""
    with framed(request, "registry.refuse_request", "refuse", actor) as (found, _entry):
        _check_reason(reason)
        _decide(found, State.REFUSED, reason, actor)
        found.ended_on = timezone.localdate()


def finish_request(request: RightsRequest, *, how: str, actor: User) -> None:
    """It was carried out and answered. Raises Refused while what was asked for is not done."""
    with framed(request, "registry.finish_request", "finish", actor) as (found, entry):
        lacks = what_lacks(found)
        if lacks:
            raise Refused(lacks)
        found.state, found.ended_on = State.DONE, timezone.localdate()
        found.ended_how = " ".join(how.split())[:300]
        note(entry, in_time=found.ended_on <= found.due_on)


def take_back_request(request: RightsRequest, *, reason: str, actor: User) -> None:
    """Who asked does not want it any more. Raises Refused without a word on how that was said."""
    with framed(request, "registry.take_back_request", "take_back", actor) as (found, _entry):
        _check_reason(reason)
        found.state, found.ended_on = State.TAKEN_BACK, timezone.localdate()
        found.ended_how = reason.strip()[:300]


def _decide(found: RightsRequest, state: str, reason: str, actor: User) -> None:
    found.state, found.decided_by, found.decided_on = state, actor, timezone.localdate()
    found.decision_reason = reason.strip()[:500]


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason."))


def _check_day(on: date, received_on: date) -> None:
    if not received_on <= on <= timezone.localdate():
        raise Refused(_("Give a day from the receipt up to today."))
