"""What an act of restructuring does to reports: what is owed moves, what was sent stays, and back again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from tests.cast import Cast, make_organisation
from tests.permissions.world_of_reports import begin, make_form, send

from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.orgs.actions import Body
from nhipcau.apps.orgs.models import Organisation, OrganisationSet, SetMember
from nhipcau.apps.plans.tests.acts import carried_out, made_body, merged, new, undone
from nhipcau.apps.reporting.actions import return_submission
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.carrying import JOINED
from nhipcau.apps.reporting.models import RECEIVED, FormVersion, Obligation, Period, Submission
from nhipcau.apps.reporting.tests.reports import make_period

State = Obligation.State
OBLIGATIONS = "reporting.obligation.organisation"


@pytest.fixture(autouse=True)
def _jobs_at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    indicator = Indicator.objects.create(code="courses", created_by=cast.coordinator)
    IndicatorVersion.objects.create(
        indicator=indicator, number=1, name="Lớp", definition="Số lớp", unit="lớp", state="in_use"
    )
    return make_form(cast, "Báo cáo công tác người Việt Nam ở nước ngoài")


def asked(period: Period, *units: Organisation, **more: Any) -> list[Obligation]:
    return [Obligation.objects.create(period=period, organisation=unit, **more) for unit in units]


def received(row: Obligation, cast: Cast, number: str) -> Submission:
    made = send(begin(row, cast), cast, number)
    Obligation.objects.filter(pk=row.pk).update(state=State.SENT, received_at=timezone.now())
    return made


def owners(*rows: Obligation) -> list[int]:
    return [Obligation.objects.get(pk=row.pk).organisation_id for row in rows]


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table of reporting."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_app_config("reporting").get_models(include_auto_created=True)
    }


def test_what_is_owed_goes_to_the_new_body_and_what_was_sent_keeps_the_old_name(
    cast: Cast, version: FormVersion
) -> None:
    period = make_period(version, cast)
    of_a, of_b = asked(period, cast.department_a, cast.department_b)
    sent = received(of_b, cast, "TN-1")
    planned = make_period(version, cast, due_in=90, state="planned", year=2028)
    (later,) = asked(planned, cast.department_a)
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    made = made_body(act)
    assert owners(of_a, later, of_b) == [made.pk, made.pk, cast.department_b.pk]
    sent.refresh_from_db()
    assert sent.organisation == cast.department_b


def test_a_version_that_was_returned_keeps_its_body_while_the_duty_moves(
    cast: Cast, version: FormVersion
) -> None:
    period = make_period(version, cast)
    (row,) = asked(period, cast.department_a)
    sent = received(row, cast, "TN-1")
    Submission.objects.filter(pk=sent.pk).update(state=Submission.State.RETURNED)
    Obligation.objects.filter(pk=row.pk).update(state=State.RETURNED)
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    assert owners(row) == [made_body(act).pk]
    sent.refresh_from_db()
    assert sent.organisation == cast.department_a


def test_what_two_bodies_owe_becomes_one_and_the_begun_one_is_kept(cast: Cast, version: FormVersion) -> None:
    period = make_period(version, cast)
    of_a, of_b = asked(period, cast.department_a, cast.department_b)
    begin(of_b, cast)
    act = carried_out(cast, merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế")))
    made = made_body(act)
    of_a.refresh_from_db()
    of_b.refresh_from_db()
    assert (of_b.organisation, of_b.state) == (made, State.WAITING)
    assert (of_a.organisation, of_a.state) == (cast.department_a, State.EXCUSED)
    assert (of_a.discharged_by, of_a.excused_reason) == (of_b, JOINED)
    assert period.obligations.expected().count() == 1


def test_a_body_that_goes_on_and_had_sent_owes_nothing_more(cast: Cast, version: FormVersion) -> None:
    period = make_period(version, cast)
    of_a, of_b = asked(period, cast.department_a, cast.department_b)
    received(of_b, cast, "TN-1")
    carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    of_a.refresh_from_db()
    assert (of_a.state, of_a.discharged_by) == (State.EXCUSED, of_b)


def test_who_reviews_first_follows_and_a_report_that_lies_there_too(cast: Cast, version: FormVersion) -> None:
    association = make_organisation("Hội thân nhân", "relatives")
    other = make_organisation("Hội thân nhân khác", "relatives")
    period = make_period(version, cast)
    (waiting, below) = asked(period, association, other, through=cast.commune)
    received(below, cast, "TN-1")
    Obligation.objects.filter(pk=below.pk).update(state=State.BELOW)
    act = carried_out(cast, merged(cast, [cast.commune], new("Xã Cầu Mới", "commune")))
    made = made_body(act)
    for row in (waiting, below):
        row.refresh_from_db()
        assert row.through == made
    assert below.state == State.BELOW


def test_totals_by_the_old_and_by_the_new_structure_agree(cast: Cast, version: FormVersion) -> None:
    period = make_period(version, cast)
    of_a, of_b, of_commune = asked(period, cast.department_a, cast.department_b, cast.commune)
    received(of_a, cast, "TN-1")
    received(of_commune, cast, "TN-2")
    before = period.obligations.filter(state__in=RECEIVED).count()
    sums = (2, 1)
    act = carried_out(cast, merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế")))
    rows = period.obligations
    assert (rows.filter(state__in=RECEIVED).count(), rows.outstanding().count()) == sums
    assert before == 2
    sent = Submission.objects.filter(sent_at__isnull=False)
    assert sum(value.amount or 0 for each in sent for value in each.values.all()) == 10
    balance = act.balance[OBLIGATIONS]
    moved = sum(flow[3] for flow in balance["flows"] if flow[0] == of_b.organisation_id)
    assert moved == 1


def test_undone_it_leaves_every_report_as_it_was(cast: Cast, version: FormVersion) -> None:
    association = make_organisation("Hội thân nhân", "relatives")
    period = make_period(version, cast)
    of_a, of_b = asked(period, cast.department_a, cast.department_b)
    asked(period, association, through=cast.department_a)
    begin(of_b, cast)
    planned = make_period(version, cast, due_in=60, state="planned", year=2028)
    received(asked(planned, cast.department_a)[0], cast, "TN-1")
    act = merged(cast, [cast.department_a, cast.department_b], new("Sở Kinh tế"))
    before = snapshot()
    act = carried_out(cast, act)
    assert snapshot() != before
    undone(cast, act)
    assert snapshot() == before
    assert owners(of_a) == [cast.department_a.pk]


def test_a_planned_period_opens_for_who_took_over(cast: Cast, version: FormVersion) -> None:
    group = OrganisationSet.objects.create(name="Các sở", confirmed_at=timezone.now())
    for unit in (cast.department_a, cast.department_b):
        SetMember.objects.create(set=group, organisation=unit, valid=(None, None))
    period = make_period(version, cast, due_in=40, state="planned")
    period.sets.add(group)
    asked(period, cast.department_a, cast.department_b, set=group)
    act = carried_out(cast, merged(cast, [cast.department_a], new("Sở Kinh tế")))
    made = made_body(act)
    Period.objects.filter(pk=period.pk).update(opens_on=timezone.localdate() + timedelta(days=1))
    open_period(period, actor=cast.coordinator)
    owing = period.obligations.filter(state=State.WAITING).values_list("organisation", flat=True)
    assert set(owing) == {made.pk, cast.department_b.pk}


@pytest.mark.parametrize("owes", [False, True])
def test_what_is_returned_after_its_body_ended_is_owed_by_who_took_over_unless_that_owes_one(
    cast: Cast, version: FormVersion, owes: bool
) -> None:
    period = make_period(version, cast)
    (row,) = asked(period, cast.department_a)
    sent = received(row, cast, "TN-1")
    if owes:
        asked(period, cast.department_b)
    carried_out(cast, merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk)))
    back = return_submission(row, reason="Thiếu số liệu", version=0, actor=cast.coordinator)
    assert back.organisation == (cast.department_a if owes else cast.department_b)
    assert back.state == State.RETURNED
    sent.refresh_from_db()
    assert (sent.organisation, sent.state) == (cast.department_a, "returned")
