"""The official letter that reminds units of a report (công văn đôn đốc), with the list of them as its annex.

Everything is Vietnamese, whoever writes it: the form of the letter is Decree 30/2020/NĐ-CP's. Number and day
stay blank: they come from the province's document-management system.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.board import Board, Unit
from nhipcau.apps.reporting.chasing import addressed, owing
from nhipcau.apps.reporting.models import Period, Standing
from nhipcau.apps.reporting.standing_words import state_words
from nhipcau.apps.webkit.formats import format_date, format_number, format_time
from nhipcau.core.officialdoc import Annex, OfficialDocument, Paragraph, Signature, Table

DAYS_TO_SEND = 3
# So many are addressed by name; more stand in the list alone.
MOST_NAMED = 5
LEADING: tuple[Role, ...] = ("leader",)


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What may be changed before the letter is written; `text` a paragraph a line."""

    issuer: str
    parent_body: str
    symbol: str
    place: str
    subject: str
    text: str
    recipients: str
    authority: str
    title: str
    signer: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the lead agency of the coordinator, and who signs there."""

    name: str
    abbreviation: str
    kind: str
    signer: str


def sender_of(user: User, organisations: Sequence[int], today: date) -> Sender:
    """The first agency that the user coordinates for. Two queries."""
    known = versions(organisations, today)
    lead = next((known[pk] for pk in sorted(known)), None)
    if lead is None:
        return Sender(user.full_name, "", OrganisationVersion.Kind.DEPARTMENT, "")
    heads = holders(LEADING, today, [lead.organisation_id])
    return Sender(lead.name, lead.abbreviation, lead.kind, heads[0].full_name if heads else "")


def default_words(board: Board, sender: Sender, now: datetime, address: str) -> LetterWords:
    """The letter as it would be written at once."""
    province = settings.PROVINCE_NAME
    place = province.removeprefix("tỉnh ").removeprefix("thành phố ") or "…"
    with translation.override("vi"):
        parent = _("People's Committee of %(province)s") % {"province": province} if province else ""
        return LetterWords(
            issuer=sender.name,
            parent_body=parent,
            symbol=sender.abbreviation or "…",
            place=place,
            subject=_("urging units to send: %(form)s, %(period)s") % _titles(board.period),
            text="\n".join(_paragraphs(board, sender, now, address)),
            recipients=_("Leaders of the agency (for their information)"),
            authority="",
            title=pgettext("signature", "Director"),
            signer=sender.signer,
        )


def _titles(period: Period) -> dict[str, str]:
    form = period.form_version.form.title
    return {"form": form[:1].lower() + form[1:], "period": period.title[:1].lower() + period.title[1:]}


def _paragraphs(board: Board, sender: Sender, now: datetime, address: str) -> list[str]:
    period = board.period
    values: dict[str, str] = {
        **_titles(period),
        "sender": sender.name,
        "due": format_date(period.due_on),
        "address": address,
        "time": format_time(now),
        "today": format_date(now),
        "here": format_number(board.here),
        "all": format_number(board.expected),
        "missing": format_number(board.not_sent),
        "returned": format_number(board.counts[Standing.RETURNED]),
        "by": format_date(timezone.localdate(now) + timedelta(days=DAYS_TO_SEND)),
        "whom": period.upward_to,
        "upward": format_date(period.upward_on),
    }
    asked = _(
        "%(sender)s has asked agencies, units and localities to send the report: %(form)s, %(period)s; the "
        "reports were due by %(due)s."
    )
    if period.document is not None and period.document.number:
        values["plan"] = period.document.number
        asked = _(
            "In carrying out the plan No. %(plan)s, %(sender)s has asked agencies, units and localities to "
            "send the report: %(form)s, %(period)s; the reports were due by %(due)s."
        )
    state = _(
        "At %(time)s on %(today)s, %(sender)s had received the reports of %(here)s of %(all)s units; "
        "%(missing)s units have not sent (see the attached list)."
    )
    if board.counts[Standing.RETURNED]:
        state = _(
            "At %(time)s on %(today)s, %(sender)s had received the reports of %(here)s of %(all)s units; "
            "%(missing)s units have not sent and %(returned)s units have to send again what was returned "
            "with its reason (see the attached list)."
        )
    wish = _(
        "To put the reports together in time, %(sender)s asks the units of the list to send them before "
        "%(by)s at %(address)s; a unit that has nothing to report says so there."
    )
    if period.upward_on is not None and period.upward_to:
        wish = _(
            "To report to %(whom)s by %(upward)s, %(sender)s asks the units of the list to send their "
            "reports before %(by)s at %(address)s; a unit that has nothing to report says so there."
        )
    thanks = _("%(sender)s hopes for the attention and cooperation of the agencies, units and localities./.")
    return [words % values for words in (asked, state, wish, thanks)]


def letter_of(
    words: LetterWords, board: Board, reminded: Mapping[int, tuple[int, datetime]], now: datetime
) -> OfficialDocument:
    """The document. `reminded`: id of the obligation → how often and when last, before this letter."""
    with translation.override("vi"):
        units = owing(board.units)
        named = [addressed(unit) for unit in units]
        everybody = _("Agencies, units and localities of the attached list")
        return OfficialDocument(
            kind="CV",
            issuer=words.issuer,
            parent_body=words.parent_body,
            symbol=words.symbol,
            place=words.place,
            subject=words.subject,
            year=timezone.localdate(now).year,
            addressed_to=named if len(named) <= MOST_NAMED else [everybody],
            body=[Paragraph(each) for each in words.text.splitlines() if each.strip()],
            signature=Signature(
                [each for each in words.authority.splitlines() if each.strip()], words.title, words.signer
            ),
            recipients=[each for each in words.recipients.splitlines() if each.strip()],
            annexes=[
                Annex(_("List of units that have not sent their reports"), [_list(units, reminded, now)])
            ],
        )


def _list(units: Sequence[Unit], reminded: Mapping[int, tuple[int, datetime]], now: datetime) -> Table:
    head = [
        _("No."),
        pgettext("units", "Unit"),
        pgettext("units", "State"),
        _("Due"),
        pgettext("units", "Reminded before"),
    ]
    rows = []
    for at, unit in enumerate(units, start=1):
        times, last = reminded.get(unit.pk, (0, None))
        before = _("%(n)s times, last on %(day)s") % {"n": format_number(times), "day": format_date(last)}
        rows.append(
            [
                str(at),
                unit.name,
                state_words(unit, now),
                format_date(unit.until),
                before if times else "",
            ]
        )
    return Table(head, rows, align=("center", "left", "left", "center", "left"), widths=(6, 38, 24, 14, 24))
