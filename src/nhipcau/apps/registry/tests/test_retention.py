"""What was kept its time goes at night, with a count and without a name; what is younger stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.cast import Cast
from tests.permissions.world_of_registry import (
    begin_registry,
    make_record,
    make_request,
    make_round,
)

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.models import Event
from nhipcau.apps.files.models import Upload
from nhipcau.apps.notices.registers import Reader
from nhipcau.apps.registry.actions import set_retention
from nhipcau.apps.registry.actions.set_retention import retain
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Export,
    Intake,
    IntakeRow,
    LookUp,
    RetentionRule,
    RightsRequest,
    RunningSource,
    SourceRecord,
    SubjectCopy,
)
from nhipcau.apps.registry.retention import everything, kept, terms
from nhipcau.apps.registry.telling_rights import request_lines, requests_due
from nhipcau.apps.registry.waiting import decisions

OLD = timezone.now() - timedelta(days=4000)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files of this test alone."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def at_night() -> dict[str, int]:
    """How much went, by what; only what did."""
    begin_registry()
    went = {each.what: retain(each, terms()[each.what]) for each in everything()}
    return {what: count for what, count in went.items() if count}


def sent(cast: Cast, digit: str, state: str, at: Any, **fields: Any) -> Intake:
    begin_registry()
    upload = Upload.objects.create(
        sha256=digit * 64, name="hoa.xlsx", size=1, format="xlsx", created_by=cast.coordinator
    )
    source = RunningSource.objects.get_or_create(
        name="Hội thân nhân", kind="association", defaults={"created_by": cast.coordinator}
    )[0]
    made = Intake.objects.create(
        upload=upload,
        name="hoa.xlsx",
        digest=upload.sha256,
        sender=cast.department_b,
        running_source=source,
        stated_on=date(2026, 1, 1),
        state=state,
        created_by=cast.coordinator,
        **fields,
    )
    Intake.objects.filter(pk=made.pk).update(created_at=at)
    IntakeRow.objects.create(intake=made, sheet=0, number=1, finding="new", cells=["Hoa"])
    return made


def test_lists_that_came_to_nothing_or_were_forgotten_lose_all_but_that_they_were_sent(cast: Cast) -> None:
    old = [sent(cast, "a", "refused", OLD), sent(cast, "b", "dropped", OLD, ended_at=OLD)]
    waits = sent(cast, "c", "to_map", OLD)
    young = [
        sent(cast, "d", "refused", timezone.now()),
        sent(cast, "e", "checked", timezone.now()),
        # It is in the register; its own days count since it was confirmed.
        sent(cast, "f", "confirmed", OLD, confirmed_at=timezone.now(), confirmed_by=cast.coordinator),
    ]
    assert at_night() == {"refused_lists": 2, "unsettled_lists": 1}
    for each in (*old, waits):
        each.refresh_from_db()
        assert (each.name, each.rows.count(), each.upload.state) == ("", 0, "removed")
    assert waits.state == "dropped"
    assert [each.rows.count() for each in young] == [1, 1, 1]
    assert at_night() == {}, "once is enough"


def test_files_of_lists_in_the_register_go_later(cast: Cast) -> None:
    done = sent(cast, "a", "confirmed", OLD, confirmed_at=OLD, confirmed_by=cast.coordinator)
    assert at_night() == {"settled_lists": 1}
    done.refresh_from_db()
    assert (done.state, done.rows.count()) == ("confirmed", 0)


def test_copies_and_words_of_requests_go_and_their_days_stay(cast: Cast) -> None:
    begin_registry()
    person = enter(make_record(cast, make_round(cast)))
    ended = make_request(
        cast,
        person,
        state="done",
        received_on=date(2017, 1, 2),
        acknowledge_by=date(2017, 1, 4),
        first_due_on=date(2017, 1, 12),
        due_on=date(2017, 1, 12),
        ended_on=date(2017, 1, 10),
        words="Tất cả",
    )
    running = make_request(cast, person)
    upload = Upload.objects.create(
        sha256="a" * 64, name="ban.docx", size=1, format="docx", created_by=cast.coordinator
    )
    SubjectCopy.objects.create(
        request=running, upload=upload, made_by=cast.coordinator, expires_on=timezone.localdate()
    )
    assert at_night() == {"rights_documents": 1, "rights_requests": 1}
    ended.refresh_from_db()
    running.refresh_from_db()
    assert (ended.asker, ended.words, ended.ended_on) == ("", "", date(2017, 1, 10))
    assert running.asker


def test_old_records_of_a_running_source_leave_a_hole(cast: Cast) -> None:
    begin_registry()
    source = RunningSource.objects.create(name="Hội", kind="association", created_by=cast.coordinator)

    def told(name: str) -> SourceRecord:
        record = make_record(cast, make_round(cast), name=name, stated_on=date(2001, 1, 1))
        record.round, record.running_source = None, source
        return record

    old = enter(told("Lê Thị Cũ"))
    both = enter(make_record(cast, make_round(cast, name="Đợt hai"), name="Trần Văn Bình"))
    enter(told("Trần Bình Cũ"), both)
    count = SourceRecord.objects.count()
    assert at_night() == {"running_records": 2}
    old.refresh_from_db()
    both.refresh_from_db()
    assert (old.name, old.records) == ("", 0)
    assert (both.name, both.records) == ("Trần Văn Bình", 1)
    assert SourceRecord.objects.count() == count, "figures do not change"


def test_words_of_looks_and_exports_go_and_that_they_were_stays(cast: Cast) -> None:
    begin_registry()
    LookUp.objects.create(
        user=cast.officer,
        person=enter(make_record(cast, make_round(cast))),
        reason="help",
        words="Hoa đến hỏi",
        by="year",
        made_at=OLD,
        until=OLD + timedelta(minutes=30),
        review_by=OLD + timedelta(hours=72),
    )
    Export.objects.create(
        asked_by=cast.officer,
        purpose="check",
        words="Rà soát Hoa",
        columns=["name"],
        people=1,
        state="ended",
        holds=[7],
        ended_at=OLD,
    )
    assert at_night() == {"look_ups": 1, "exports": 1}
    assert (LookUp.objects.get().words, Export.objects.get().holds) == ("", [])


def test_what_went_stands_in_the_record_as_a_count(cast: Cast) -> None:
    sent(cast, "a", "refused", OLD)
    at_night()
    event = Event.objects.get(verb="registry.retain")
    assert event.facts() == {"what": "refused_lists", "days": 30, "count": 1}


def test_the_province_says_its_own_days_with_the_law(cast: Cast) -> None:
    sent(cast, "a", "refused", timezone.now() - timedelta(days=9))
    assert at_night() == {}
    for name, allowed in (("system_admin", True), ("coordinator", True), ("officer", False)):
        user = getattr(cast, name)
        set_identity(user.pk)
        if allowed:
            set_retention("refused_lists", days=5, basis=f"Quy chế {name}", actor=user)
        else:
            with pytest.raises(Exception):  # noqa: B017  # denied, whatever the frame says
                set_retention("refused_lists", days=5, basis="x", actor=user)
    assert RetentionRule.objects.get().basis == "Quy chế coordinator"
    with override("en"):
        for what, days, basis in (("nothing", 5, "x"), ("refused_lists", 0, "x"), ("refused_lists", 5, " ")):
            with pytest.raises(Refused):
                set_retention(what, days=days, basis=basis, actor=cast.coordinator)
    assert at_night() == {"refused_lists": 1}


def test_every_kind_has_shipped_days_and_words(db: None) -> None:
    assert len(everything()) >= 6
    for each in everything():
        assert terms()[each.what].days > 0
        assert terms()[each.what].basis
    assert kept("nothing") is None


def test_the_page_says_what_goes_tonight(
    cast: Cast, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    sent(cast, "a", "refused", OLD)
    for name in ("system_admin", "coordinator"):
        client: Client = signed_in(name)
        client.get(reverse("registry:retention"))
        with django_assert_max_num_queries(24):
            page = client.get(reverse("registry:retention")).content.decode()
        assert "1 mục sẽ bị xóa đêm nay" in page
        assert "hoa.xlsx" not in page


def test_the_keeper_is_reminded_everywhere_and_nobody_else(cast: Cast) -> None:
    begin_registry()
    person = enter(make_record(cast, make_round(cast)))
    today = timezone.localdate()
    due = today + timedelta(days=7)
    request = make_request(cast, person, received_on=today, acknowledge_by=due, first_due_on=due, due_on=due)
    people = (cast.coordinator, cast.officer, cast.commune_officer)
    readers = [Reader(user, today, today - timedelta(days=1), (-7, -1)) for user in people]
    lines = request_lines(readers)
    assert set(lines) == {cast.coordinator.pk}
    assert request.number in lines[cast.coordinator.pk][0].text
    assert "Hoa" not in lines[cast.coordinator.pk][0].text
    for user in people:
        # A calendar is fetched without signing in.
        set_identity(None)
        found = list(requests_due(user, today, due))
        assert len(found) == (user == cast.coordinator)
        set_identity(user.pk)
        assert len(list(decisions(user))) == (user == cast.coordinator)
    begin_registry()
    assert RightsRequest.objects.visible_to(cast.coordinator).get().next_due == due
