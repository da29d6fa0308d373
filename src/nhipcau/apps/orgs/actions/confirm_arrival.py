"""What a checked sheet says becomes agencies, accounts and appointments: all of it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actions import create_users
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions.add_alias import add_alias
from nhipcau.apps.orgs.actions.appoint import Wanted, appoint_many
from nhipcau.apps.orgs.actions.create_organisation import create_organisation
from nhipcau.apps.orgs.arriving import parts_of, roles_of
from nhipcau.apps.orgs.models import Arrival, ArrivalRow, Organisation
from nhipcau.apps.orgs.sheets.checking import Checked, Key
from nhipcau.apps.orgs.sheets.findings import check


class Outdated(Refused):
    """The sheet means something else now than what was looked at: it is to be checked and looked at again."""


def confirm_arrival(arrival: Arrival, *, actor: User) -> Arrival:
    """Enter every row that is not wrong. Raises Refused when it is no longer waiting or has nothing to enter,
    Outdated when a row means something else than what the page showed.
    """
    with act(actor, "orgs.confirm_arrival", arrival, permission="confirm") as entry:
        _one_at_a_time()
        arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
        if arrival.state != Arrival.State.CHECKED:
            raise Refused(_("This sheet does not wait to be confirmed any more."))
        found = check(parts_of(arrival), timezone.localdate(), roles_of(actor))
        _as_shown(arrival, found)
        entering = [checked for checked in found if checked.does_something]
        if not entering:
            raise Refused(_("Nothing in this sheet is new."))
        counts = _Entering(arrival, actor).enter(entering)
        arrival.state = Arrival.State.CONFIRMED
        arrival.confirmed_by, arrival.confirmed_at = actor, timezone.now()
        arrival.save()
        note(entry, **counts)
    return arrival


def _one_at_a_time() -> None:
    """Two sheets that name the same new agency would both make it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('orgs.confirm_arrival'))")


def _as_shown(arrival: Arrival, found: Iterable[Checked]) -> None:
    shown = {(row.sheet, row.number): _meant(row) for row in arrival.rows.all()}
    now = {
        checked.key: (checked.finding, checked.meaning, checked.organisation, checked.user)
        for checked in found
    }
    if shown != now:
        raise Outdated(
            _("Something changed here since the sheet was checked. It was checked again: look once more.")
        )


def _meant(row: ArrivalRow) -> tuple[Any, ...]:
    return row.finding, row.meaning, row.organisation_id, row.user_id


class _Entering:
    """One confirmation: what the rows made, by key, for the rows that refer to them."""

    def __init__(self, arrival: Arrival, actor: User) -> None:
        self.actor = actor
        self.rows = {(row.sheet, row.number): row for row in arrival.rows.all()}
        self.agencies: dict[Key, Organisation] = {}
        self.known = Organisation.objects.in_bulk(
            [row.organisation_id for row in self.rows.values() if row.organisation_id]
        )
        self.users: dict[str, User] = {}

    def enter(self, entering: list[Checked]) -> dict[str, int]:
        agencies = [one for one in entering if one.part.kind == ArrivalRow.Kind.AGENCY]
        for checked in _above_first(agencies):
            self._agency(checked)
        persons = [one for one in entering if one.part.kind == ArrivalRow.Kind.PERSON]
        if persons:
            self._people(persons)
        changed = [row for row in self.rows.values() if row.made]
        ArrivalRow.objects.bulk_update(
            changed, ["organisation", "user", "appointment", "made"], batch_size=500
        )
        made = [what for row in changed for what in row.made]
        return {
            "agencies": made.count("organisation"),
            "people": made.count("user"),
            "appointments": made.count("appointment"),
        }

    def _organisation(self, reference: dict[str, Any] | None) -> Organisation | None:
        if reference is None:
            return None
        if "row" in reference:
            sheet, number = reference["row"]
            return self.agencies[sheet, number]
        pk = reference["pk"]
        if pk not in self.known:
            self.known[pk] = Organisation.objects.get(pk=pk)
        return self.known[pk]

    def _agency(self, checked: Checked) -> None:
        row, meaning = self.rows[checked.key], checked.meaning
        if checked.organisation is None:
            organisation = create_organisation(
                meaning["name"],
                meaning["kind"],
                abbreviation=meaning["abbreviation"],
                code=meaning["code"],
                parent=self._organisation(meaning["parent"]),
                valid_from=_day(meaning["since"]),
                actor=self.actor,
            )
            row.organisation, row.made = organisation, ["organisation"]
            self.agencies[checked.key] = organisation
        else:
            organisation = self.known[checked.organisation]
        there = set(organisation.aliases.values_list("pk", flat=True)) if meaning["aliases"] else set()
        for text in meaning["aliases"]:
            alias = add_alias(organisation, text, actor=self.actor)
            if alias.pk not in there:
                row.made = [*row.made, f"alias {alias.pk}"]
                there.add(alias.pk)

    def _people(self, persons: list[Checked]) -> None:
        """Accounts, then appointments, all at once: a province is a thousand rows."""
        self._accounts(persons)
        wanted = [self._wanted(checked) for checked in persons]
        made = appoint_many(wanted, actor=self.actor)
        for checked, each, appointment in zip(persons, wanted, made, strict=True):
            row = self.rows[checked.key]
            row.appointment, row.user, row.organisation = appointment, each.user, each.organisation
            row.made = [*row.made, "appointment"]

    def _accounts(self, persons: list[Checked]) -> None:
        """Those who have one, and new ones; who stands in several rows is made by the first."""
        found = User.objects.in_bulk([checked.user for checked in persons if checked.user is not None])
        first: dict[str, Checked] = {}
        for checked in persons:
            if checked.user is not None:
                self.users[checked.meaning["email"]] = found[checked.user]
            else:
                first.setdefault(checked.meaning["email"], checked)
        new = [(email, each) for email, each in first.items() if email not in self.users]
        made = create_users([(email, each.meaning["full_name"]) for email, each in new], actor=self.actor)
        for (email, checked), user in zip(new, made, strict=True):
            self.users[email] = user
            self.rows[checked.key].made = ["user"]

    def _wanted(self, checked: Checked) -> Wanted:
        meaning = checked.meaning
        organisation, until = self._organisation(meaning["agency"]), _day(meaning["until"])
        assert organisation is not None
        return Wanted(
            self.users[meaning["email"]],
            meaning["role"],
            organisation,
            valid_from=date.fromisoformat(meaning["since"]),
            valid_until=until + timedelta(days=1) if until else None,
            post=meaning["post"],
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _above_first(agencies: list[Checked]) -> list[Checked]:
    """Those that others stand under come first; circles are wrong and not among them."""
    waiting = {checked.key: checked for checked in agencies}
    ordered: list[Checked] = []

    def take(checked: Checked) -> None:
        # A chain as long as the sheet would be deeper than Python goes: walk up, then down.
        chain = [checked]
        while (above := (chain[-1].meaning["parent"] or {}).get("row")) and tuple(above) in waiting:
            chain.append(waiting.pop(tuple(above)))
        ordered.extend(reversed(chain))

    for key in list(waiting):
        if key in waiting:
            take(waiting.pop(key))
    return ordered
