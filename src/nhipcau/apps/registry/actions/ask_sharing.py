"""A written request of another body for people's data: noted, agreed to by a second one, handed over once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.actions.ask_export import ask_export
from nhipcau.apps.registry.export_files import end_files
from nhipcau.apps.registry.exporting import COLUMNS, NARROWED_BY, wanted_people
from nhipcau.apps.registry.models import Export, Sharing
from nhipcau.apps.registry.overseeing import data_officers, keepers

LONGEST = timedelta(days=366)
NOT_AGREED = _("Only what a second officer agreed to is handed over.")


def ask_sharing(
    *,
    body: str,
    letter: str,
    letter_day: date,
    basis: str,
    purpose: str,
    wanted: Mapping[str, str],
    columns: Sequence[str],
    until: date,
    actor: User,
    paper: Upload | None = None,
) -> Sharing:
    """`paper`: the letter as a file.

    Raises Refused without a column, when nobody fits, for a time that is past or longer than a year."""
    with act(actor, "registry.ask_sharing", Sharing, permission="create") as entry:
        chosen = [code for code in COLUMNS if code in columns]
        if not chosen:
            raise Refused(_("Choose at least one column."))
        today = timezone.localdate()
        if letter_day > today:
            raise Refused(_("The letter is dated after today."))
        if not today <= until <= today + LONGEST:
            raise Refused(_("The last day must lie within a year from today."))
        narrowed = {name: wanted[name] for name in NARROWED_BY if wanted.get(name)}
        people = wanted_people(actor, narrowed, Export.Purpose.SHARING).order_by().count()
        if not people:
            raise Refused(_("Nobody fits: there is nothing to hand over."))
        made = Sharing.objects.create(
            body=" ".join(body.split()),
            letter=" ".join(letter.split()),
            letter_day=letter_day,
            basis=" ".join(basis.split()),
            purpose=" ".join(purpose.split()),
            wanted=narrowed,
            columns=chosen,
            people=people,
            until=until,
            asked_by=actor,
            paper=paper,
        )
        entry.subject = made
        note(entry, people=people, columns=chosen, until=until.isoformat())
        told = {each.pk: each for each in (*keepers(), *data_officers())}
        key = f"sharing_asked:{made.pk}"
        tell(told.values(), "registry.sharing_asked", key=key, actor=actor, about=made, body=made.body)
    return made


def decide_sharing(sharing: Sharing, *, agrees: bool, reason: str, actor: User) -> Sharing:
    """Raises Refused when it does not wait or its time is over, and for a no without a reason."""
    with act(actor, "registry.decide_sharing", sharing, permission="decide") as entry:
        found = _locked(sharing, Sharing.State.ASKED, _("This was decided already."))
        if not agrees and not reason.strip():
            raise Refused(_("Say why you do not agree."))
        found.state = Sharing.State.APPROVED if agrees else Sharing.State.REFUSED
        found.decided_by, found.decided_at = actor, timezone.now()
        found.reason = " ".join(reason.split())
        found.save()
        note(entry, agrees=agrees, people=found.people)
    return found


def write_sharing(sharing: Sharing, *, actor: User) -> Export:
    """The file for the body, through the exports. Raises Refused when it was not agreed to, its time is over,
    or a file is being written or lies ready.
    """
    with act(actor, "registry.write_sharing", sharing, permission="hand") as entry:
        found = _locked(sharing, Sharing.State.APPROVED, NOT_AGREED)
        if found.exports.filter(state__in=(Export.State.WRITING, Export.State.READY)).exists():
            raise Refused(_("The file is there already, or being written."))
        made = ask_export(
            purpose=Export.Purpose.SHARING,
            words=f"{found.body}, {found.letter}",
            wanted=found.wanted,
            columns=found.columns,
            actor=actor,
            sharing=found,
        )
        note(entry, export=made.pk)
    return made


def hand_over(sharing: Sharing, *, to: str, actor: User) -> Sharing:
    """Once: the request has had what it asked for, and the file goes. Raises Refused without a file, and
    without a word of who received it.
    """
    with act(actor, "registry.hand_over", sharing, permission="hand") as entry:
        found = _locked(sharing, Sharing.State.APPROVED, NOT_AGREED)
        export = found.exports.filter(state=Export.State.READY).first()
        if export is None:
            raise Refused(_("Write the file first."))
        if not to.strip():
            raise Refused(_("Say who received it, and how."))
        found.state, found.handed_by, found.handed_at = Sharing.State.HANDED, actor, timezone.now()
        found.handed_to, found.handed_count = " ".join(to.split()), export.count
        found.save()
        end_files(Export.objects.filter(pk=export.pk), Export.Why.HANDED)
        note(entry, export=export.pk, count=export.count, columns=found.columns)
    return found


def end_sharing(sharing: Sharing, *, reason: str, actor: User) -> Sharing:
    """Nothing was handed over, nor will be."""
    with act(actor, "registry.end_sharing", sharing, permission="end", reason=reason.strip()):
        found = Sharing.objects.select_for_update(of=("self",)).get(pk=sharing.pk)
        if found.state not in (Sharing.State.ASKED, Sharing.State.APPROVED):
            raise Refused(_("This request is settled already."))
        _end(found, Export.Why.DELETED)
    return found


def lapse(sharing: Sharing, *, actor: Actor) -> None:
    """Its last day is over."""
    with act(actor, "registry.end_sharing", sharing, permission="end"):
        _end(sharing, Export.Why.OVER)


def _end(sharing: Sharing, why: Export.Why) -> None:
    sharing.state = Sharing.State.ENDED
    sharing.save(update_fields=["state"])
    end_files(Export.objects.filter(sharing=sharing), why)


def _locked(sharing: Sharing, state: str, else_: object) -> Sharing:
    found = Sharing.objects.select_for_update(of=("self",)).get(pk=sharing.pk)
    if found.state != state:
        raise Refused(str(else_))
    if found.until < timezone.localdate():
        raise Refused(_("The time of this request is over: the body has to ask again."))
    return found
