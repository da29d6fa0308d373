"""What the daily mail says of what agencies are asked for besides tasks: opinions on drafts, estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import Line, Reader
from nhipcau.apps.orgs.holders import REPORTING, posts_of
from nhipcau.apps.plans.models import ConsultationAnswer, RoundAgency
from nhipcau.apps.webkit.formats import days_until, format_date

LONGEST = 160
# Day it is due, agency, words, page, what it is about.
Asked = tuple[date, int, str, str, str]


def register() -> None:
    """Called once at start."""
    registers.section(gettext_lazy("Opinions and estimates to send"), asked_lines)


def asked_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """What each reader's agencies have not sent, on the days before and after its date. Four queries."""
    if not readers:
        return {}
    day = readers[0].day
    own = posts_of([reader.user.pk for reader in readers], REPORTING, day)
    wanted = {reader.user.pk: reader.reminded_of() for reader in readers if reader.user.pk in own}
    dates = {due for dues in wanted.values() for due in dues}
    agencies = {agency for user in wanted for agency in own[user]}
    if not dates or not agencies:
        return {}
    by_agency: dict[int, list[Asked]] = defaultdict(list)
    for found in (*_opinions(agencies, dates), *_estimates(agencies, dates)):
        by_agency[found[1]].append(found)
    return {
        user: [
            _line(found, day)
            for found in sorted(each for agency in own[user] for each in by_agency.get(agency, ()))
            if found[0] in dues
        ]
        for user, dues in wanted.items()
    }


def _opinions(agencies: set[int], dates: set[date]) -> Iterator[Asked]:
    rows = ConsultationAnswer.objects.filter(
        organisation__in=agencies,
        kind="",
        consultation__closed_at=None,
        consultation__due_on__in=dates,
    )
    for row in rows.select_related("consultation"):
        title = Truncator(row.consultation.title).chars(LONGEST)
        words = _("give an opinion on “%(title)s”") % {"title": title}
        page = reverse("plans:consultation_answer", args=[row.pk])
        yield row.consultation.due_on, row.organisation_id, words, page, f"plans.consultationanswer:{row.pk}"


def _estimates(agencies: set[int], dates: set[date]) -> Iterator[Asked]:
    rows = RoundAgency.objects.missing().filter(
        organisation__in=agencies, round__closed_at=None, round__send_by__in=dates
    )
    for row in rows.select_related("round"):
        words = _("send the estimates for %(year)s") % {"year": row.round.year}
        page = reverse("plans:asked", args=[row.pk])
        yield row.round.send_by, row.organisation_id, words, page, f"plans.roundagency:{row.pk}"


def _line(found: Asked, day: date) -> Line:
    due, _agency, words, page, about = found
    values = {"due": format_date(due), "left": days_until(due, day), "task": words}
    return Line(_("%(due)s (%(left)s): %(task)s") % values, page, about)
