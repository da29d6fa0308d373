"""An approved act becomes so, in one transaction: all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import Restructuring, RowChange
from nhipcau.apps.orgs.restructuring import naming
from nhipcau.apps.orgs.restructuring.balance import account, count
from nhipcau.apps.orgs.restructuring.changes import write
from nhipcau.apps.orgs.restructuring.faults import faults
from nhipcau.apps.orgs.restructuring.following import followers
from nhipcau.apps.orgs.restructuring.locking import lock_bodies, lock_rows
from nhipcau.apps.orgs.restructuring.outline import Outline, outline_of
from nhipcau.apps.orgs.restructuring.preview import NO_ADMINISTRATOR, keeps_an_administrator
from nhipcau.apps.orgs.restructuring.sentences import fault_sentence
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.restructuring.working import work_out
from nhipcau.apps.orgs.telling import tell_authors

TOO_EARLY = _("The act's day has not come yet.")
UNALLOTTED = _("Open items came up that nobody has allotted. Allot them and submit the act again.")


def carry_out_restructuring(act: Restructuring, *, actor: Actor) -> Restructuring:
    """Give open work to the successors, end and begin bodies, keep the log. Raises Refused when things are
    no longer as approved; Unbalanced when the sums do not agree, which nothing should bring about.
    """
    with framed(actor, "orgs.carry_out_restructuring", act, permission="review") as entry:
        fresh = lock(act, "carry_out")
        if fresh.effective_on > timezone.localdate():
            raise Refused(TOO_EARLY)
        outline = _held(fresh)
        lines, balance = _carry_out(outline)
        fresh.balance = balance
        fresh.carried_out_at = timezone.now()
        pass_on(fresh, "carry_out")
        fresh.save()
        note(entry, revision=fresh.revision, rows=len(lines))
        tell_authors(fresh, "orgs.act_done", actor=actor)
    return fresh


def _held(act: Restructuring) -> Outline:
    """The outline with its bodies locked, looked at again: another act may have been faster."""
    lock_bodies(outline_of(act).touched())
    outline = outline_of(act)
    lock_bodies(outline.touched())
    wrong = faults(outline)
    if wrong:
        raise Refused(fault_sentence(wrong[0]))
    return outline


def _carry_out(outline: Outline) -> tuple[list[RowChange], dict[str, Any]]:
    lock_rows(outline)
    bodies = set(outline.touched())
    before = count(outline, bodies)
    lines = _make_bodies(outline)
    outline = outline_of(outline.act)
    worked = work_out(outline)
    if worked.unallotted():
        raise Refused(UNALLOTTED)
    if not keeps_an_administrator(worked):
        raise Refused(fault_sentence(NO_ADMINISTRATOR))
    mine = list(worked.all_lines())
    write(mine)
    after_them = followers(outline.act, mine)
    write(after_them)
    after = count(outline, bodies | set(outline.touched()))
    lines += mine + after_them
    return lines, account(outline, before, after, lines)


def _make_bodies(outline: Outline) -> list[RowChange]:
    """New bodies first: rows refer to them. The steps' units then name them."""
    bodies = naming.new_bodies(outline)
    write(bodies)
    ids = {unit.pk: int(line.row) for unit, line in zip(outline.made, bodies, strict=True)}
    rest = [*naming.first_versions(outline, ids), *naming.bind_units(outline, ids)]
    write(rest)
    return bodies + rest
