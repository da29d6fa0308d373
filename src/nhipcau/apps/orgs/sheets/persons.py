"""Rows of people: a new account, a known one that is given a role, or wrong."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.orgs.sheets.agencies import refer
from nhipcau.apps.orgs.sheets.checking import Checked, Sheets, complete
from nhipcau.apps.orgs.sheets.values import day_of, is_name, one_line, post_of, role_of


def check_person(checked: Checked, sheets: Sheets) -> None:
    sheets.rows[checked.key] = checked
    fine = complete(checked)
    name, email = one_line(checked.text("full_name")), checked.text("email").strip().lower()
    if name and not is_name(name):
        checked.say("full_name", "not-a-name")
    if email and not _is_address(email):
        checked.say("email", "no-mail", text=checked.text("email"))
    role = role_of(checked.text("role"))
    if not checked.text("role"):
        pass
    elif role is None:
        checked.say("role", "no-role", text=checked.text("role"))
    elif role not in sheets.roles:
        checked.say("role", "role-not-yours")
    post = post_of(checked.text("post")) if checked.text("post") else ""
    if post is None:
        checked.say("post", "no-post", text=checked.text("post"))
    since, until = _period(checked, sheets.day)
    text = one_line(checked.text("agency"))
    agency = refer(checked, "agency", text, sheets) if text else None
    if not fine:
        return
    checked.meaning = {
        "full_name": name,
        "email": email,
        "role": role,
        "agency": agency,
        "post": post,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }
    _match(checked, sheets)
    _repeated(checked, sheets)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return email.isascii()


def _period(checked: Checked, today: date) -> tuple[date, date | None]:
    days: dict[str, date | None] = {"since": None, "until": None}
    for key in ("since", "until"):
        text = checked.text(key)
        if text and (day := day_of(text)) is not None:
            days[key] = day
        elif text:
            checked.say(key, "no-day", text=text)
    since, until = days["since"] or today, days["until"]
    if until is not None and until < since:
        checked.say("until", "until-before-since")
    return since, until


def _match(checked: Checked, sheets: Sheets) -> None:
    """The account of the address; its name stays as it is."""
    meaning = checked.meaning
    user = sheets.people.users.get(meaning["email"])
    if user is None:
        return
    checked.user = user.pk
    if not user.is_active:
        checked.say("email", "locked")
        return
    if user.full_name.casefold() != meaning["full_name"].casefold():
        checked.say("full_name", "differs", ours=user.full_name, theirs=meaning["full_name"])
    agency = (meaning["agency"] or {}).get("pk")
    held = sheets.people.held.get((user.pk, meaning["role"] or "", agency or 0), []) if agency else []
    _appointment(checked, held)


def _appointment(checked: Checked, held: list[Appointment]) -> None:
    since = date.fromisoformat(checked.meaning["since"])
    until = checked.meaning["until"]
    last = date.fromisoformat(until) if until else None
    for row in held:
        if row.valid.isempty:
            continue
        upper = row.valid.upper
        if since in row.valid and (upper is None or (last is not None and last < upper)):
            checked.appointment = row.pk
            if checked.text("post") and checked.meaning["post"] != row.post:
                checked.say("post", "differs", ours=row.post or "–", theirs=checked.meaning["post"])
            return
        begins_later = row.valid.lower is not None and last is not None and row.valid.lower > last
        ended_before = upper is not None and upper <= since
        if not begins_later and not ended_before:
            lower = row.valid.lower
            checked.say("since", "period-taken", since=f"{lower:%d/%m/%Y}" if lower else "–")
            return
    checked.say("role", "adds-role")


def _repeated(checked: Checked, sheets: Sheets) -> None:
    """One address is one person; the same role at the same agency stands once."""
    email, name = checked.meaning["email"], checked.meaning["full_name"]
    first = sheets.mails.setdefault(email, checked.key)
    if first != checked.key:
        other = sheets.rows[first].meaning
        if other and other["full_name"].casefold() != name.casefold():
            checked.say("full_name", "another-name", row=first[1], name=other["full_name"])
    place = str(checked.meaning["agency"])
    same = sheets.roles_seen.setdefault((email, checked.meaning["role"] or "", place), checked.key)
    if same != checked.key:
        checked.say("email", "twice", row=same[1])
