"""An ad hoc request ("đột xuất"): asked, opened and told in one step, by a small form made for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.reporting.actions.build_section import Stated, add_section, ask_figure
from nhipcau.apps.reporting.actions.create_form import create_form
from nhipcau.apps.reporting.actions.create_period import Facts, Whom, create_period
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.actions.put_in_use import put_in_use
from nhipcau.apps.reporting.models import FormVersion, Period, Section
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.timing import Due
from nhipcau.core.workdays import Window

MOST_FIGURES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """`figures` are pairs of name and unit of measure, `library` definitions that all periods share; `text`
    asks for words. It is due at `until`.
    """

    request: str
    until: datetime
    text: bool = True
    figures: Sequence[tuple[str, str]] = ()
    title: str = ""
    library: Sequence[IndicatorVersion] = ()

    @property
    def numbers(self) -> int:
        """How many figures are asked for."""
        return len(self.figures) + len(self.library)


def ask_at_once(wanted: Wanted, whom: Whom, *, actor: User) -> Period:
    """The period, open, its units told.

    Raises Refused: "empty-request", "nothing-wanted", "too-many-figures", "not-later", "nobody-asked",
    "definition-not-in-use".
    """
    now = timezone.now()
    if not wanted.request.strip():
        raise Refused("empty-request")
    if not wanted.text and not wanted.numbers:
        raise Refused("nothing-wanted")
    if wanted.numbers > MOST_FIGURES:
        raise Refused("too-many-figures", most=MOST_FIGURES)
    if wanted.until <= now:
        raise Refused("not-later")
    with transaction.atomic():
        version = _form(wanted, actor)
        period = create_period(_facts(wanted, version, timezone.localdate(now)), whom, actor=actor)
        return open_period(period, actor=actor)


def _facts(wanted: Wanted, version: FormVersion, today: date) -> Facts:
    day = timezone.localtime(wanted.until).date()
    return Facts(
        version=version,
        kind=Period.Kind.ADHOC,
        year=today.year,
        number=1,
        title=version.form.title,
        window=Window(date(today.year, 1, 1), today),
        window_by=Period.Window.STATED,
        due=Due("", {}, day, day, wanted.until, None),
        opens_on=today,
        request=wanted.request,
    )


def _form(wanted: Wanted, actor: User) -> FormVersion:
    first_line = wanted.request.strip().splitlines()[0]
    title = " ".join(wanted.title.split()) or f"Đột xuất: {first_line}"
    version = create_form(title[:160], one_off=True, author=actor, actor=actor)
    if wanted.text:
        stated = Stated(Section.Kind.NARRATIVE, "Nội dung báo cáo", guidance=wanted.request.strip())
        add_section(version, stated, key="noi-dung", actor=actor)
    if wanted.numbers:
        section = add_section(version, Stated(Section.Kind.INDICATORS, "Số liệu"), key="so-lieu", actor=actor)
        for definition in wanted.library:
            ask_figure(section, definition, actor=actor)
        for number, (name, unit) in enumerate(wanted.figures, start=1):
            ask_figure(section, _definition(version, number, name, unit, actor), actor=actor)
    version.refresh_from_db()
    return put_in_use(version, revision=version.revision, actor=actor)


def _definition(version: FormVersion, number: int, name: str, unit: str, actor: User) -> IndicatorVersion:
    """Of this request alone: the library does not offer it again."""
    now = timezone.now()
    indicator = Indicator.objects.create(
        code=f"dot-xuat-{version.form_id}-{number}",
        created_by=actor,
        ended_at=now,
        ended_reason=version.form.title[:300],
    )
    return IndicatorVersion.objects.create(
        indicator=indicator,
        number=1,
        name=name,
        definition=name,
        unit=unit,
        state=IndicatorVersion.State.IN_USE,
        in_use_at=now,
        created_by=actor,
    )
