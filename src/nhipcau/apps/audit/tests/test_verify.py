"""Whatever is done to the record behind the program's back is found. Each test does it as owner, by SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.actions import erase_events
from nhipcau.apps.audit import chain, heads, jobs
from nhipcau.apps.audit.models import Batch, Event, Seal
from nhipcau.apps.audit.seal import note_restored, seal_all
from nhipcau.apps.audit.verify import Report, verify

Tamper = Callable[..., None]
Make = Callable[[int], list[Event]]


def kinds() -> set[str]:
    return {problem.kind for problem in verify().problems}


def about(report: Report) -> set[int | None]:
    return {problem.event for problem in report.problems}


def test_an_untouched_record_is_sound(sealed: list[Event]) -> None:
    report = verify()
    assert report.sound
    assert (report.checked, report.waiting) == (12, 0)


def test_events_not_sealed_yet_are_counted_and_no_problem(sealed: list[Event], events: Make) -> None:
    events(2)
    report = verify()
    assert report.sound
    assert report.waiting == 2


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'khác'",
        "data = '{\"n\": 99}'",
        "actor_label = 'Người khác'",
        "actor_id = 99",
        "at = at - interval '1 minute'",
        "verb = 'test.other'",
        "subject_id = '7'",
        "xid = xid - 1",
        "salt = uuid_send(gen_random_uuid())",
    ],
)
def test_an_edited_event_is_found(sealed: list[Event], tamper: Tamper, change: str) -> None:
    tamper(f"update audit_event set {change} where id = %s", sealed[5].pk)
    report = verify()
    assert not report.sound
    assert about(report) == {sealed[5].pk}


def test_an_edit_with_its_seal_recomputed_is_found(sealed: list[Event], tamper: Tamper) -> None:
    """Whoever edits the digest too still breaks the link."""
    tamper("update audit_event set reason = 'khác' where id = %s", sealed[5].pk)
    with connection.cursor() as cursor:
        cursor.execute(f"select {chain.PAYLOAD}, e.salt from audit_event e where id = %s", [sealed[5].pk])
        payload, salt = cursor.fetchone()
    tamper(
        "update audit_seal set payload_digest = %s where event_id = %s",
        chain.digest(bytes(salt), payload),
        sealed[5].pk,
    )
    assert not verify().sound


@pytest.mark.parametrize("index", [0, 5, 11])
def test_a_deleted_event_is_found(sealed: list[Event], tamper: Tamper, index: int) -> None:
    tamper("delete from audit_event where id = %s", sealed[index].pk)
    report = verify()
    assert {problem.kind for problem in report.problems} == {"deleted"}
    assert about(report) == {sealed[index].pk}


@pytest.mark.parametrize("index", [0, 5])
def test_an_event_deleted_with_its_seal_is_found(sealed: list[Event], tamper: Tamper, index: int) -> None:
    tamper("delete from audit_seal where event_id = %s", sealed[index].pk)
    tamper("delete from audit_event where id = %s", sealed[index].pk)
    assert kinds() == {"deleted"}


def test_an_event_inserted_among_the_old_is_found(sealed: list[Event], tamper: Tamper) -> None:
    # On a server shared with others their open transactions keep the horizon back; here time has passed.
    tamper("update audit_batch set horizon = (select max(xid) + 1 from audit_event)")
    tamper(
        "insert into audit_event (at, xid, actor_label, verb, subject_type, subject_id, reason, data) "
        "select at, xid, 'Kẻ lạ', verb, '', '', '', '{}' from audit_event where id = %s",
        sealed[2].pk,
    )
    assert kinds() == {"inserted"}


def test_an_event_inserted_today_with_an_old_date_is_found(sealed: list[Event], tamper: Tamper) -> None:
    tamper(
        "insert into audit_event (at, actor_label, verb, subject_type, subject_id, reason, data) "
        "values (now() - interval '1 day', 'Kẻ lạ', 'test.event', '', '', '', '{}')"
    )
    seal_all()
    assert kinds() == {"backdated"}


def test_events_that_changed_places_are_found(sealed: list[Event], tamper: Tamper) -> None:
    first, second = sealed[3].pk, sealed[4].pk
    for was, becomes in ((first, -1), (second, first), (-1, second)):
        tamper("update audit_event set id = %s where id = %s", becomes, was)
    report = verify()
    assert not report.sound
    assert about(report) >= {first, second}


def test_seals_that_changed_places_are_found(sealed: list[Event], tamper: Tamper) -> None:
    first, second = sealed[3].pk, sealed[4].pk
    for was, becomes in ((first, -1), (second, first), (-1, second)):
        tamper("update audit_seal set event_id = %s where event_id = %s", becomes, was)
    assert not verify().sound


def test_whole_rows_of_the_chain_that_changed_places_are_found(sealed: list[Event], tamper: Tamper) -> None:
    for was, becomes in ((4, -1), (5, 4), (-1, 5)):
        tamper("update audit_seal set position = %s where position = %s", becomes, was)
    assert "reordered" in kinds()


def test_a_cut_tail_is_found_by_the_heads_outside(sealed: list[Event], tamper: Tamper) -> None:
    tamper("delete from audit_event where id > %s", sealed[7].pk)
    tamper("delete from audit_seal where position > 8")
    tamper("delete from audit_batch where last_position > 8")
    assert kinds() == {"cut"}


def test_everything_deleted_is_found(sealed: list[Event], tamper: Tamper) -> None:
    tamper("truncate audit_event, audit_seal, audit_batch")
    assert kinds() == {"cut"}


def test_a_chain_that_was_computed_anew_is_found(sealed: list[Event], tamper: Tamper) -> None:
    """The attacker knows the arithmetic, but not the file."""
    kept = heads.path().read_bytes()
    tamper("update audit_event set reason = 'khác' where id = %s", sealed[2].pk)
    tamper("truncate audit_seal, audit_batch")
    seal_all()
    heads.path().write_bytes(kept)
    assert "rewritten" in kinds()


def test_without_the_file_of_heads_it_is_not_sound(sealed: list[Event]) -> None:
    heads.path().unlink()
    assert kinds() == {"headless"}


def test_a_line_cut_short_by_a_crash_is_passed_over(sealed: list[Event]) -> None:
    with heads.path().open("a") as file:
        file.write("13\tabcd")
    assert verify().sound


def test_an_event_emptied_by_hand_is_found(sealed: list[Event], tamper: Tamper) -> None:
    tamper("update audit_event set salt = null, data = null, erased_under = '7' where id = %s", sealed[5].pk)
    assert kinds() == {"emptied"}


def test_what_was_erased_on_request_says_so(sealed: list[Event], cast: Cast) -> None:
    seal_all()
    wanted = [sealed[1].pk, sealed[2].pk]
    assert erase_events(wanted, request="12/YC", reason="Đương sự yêu cầu", actor=cast.system_admin) == 2
    seal_all()
    report = verify()
    assert report.sound
    assert report.erased == dict.fromkeys(wanted, "12/YC")
    erased = Event.objects.get(pk=sealed[1].pk)
    assert (erased.actor_label, erased.reason, erased.data, erased.salt) == ("", "", None, None)
    assert erased.actor_id == sealed[1].actor_id


def test_the_command_says_it_and_its_exit_tells(
    sealed: list[Event], cast: Cast, tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    seal_all()
    erase_events([sealed[1].pk], request="12/YC", reason="", actor=cast.system_admin)
    seal_all()
    call_command("audit", "verify")
    assert "12/YC" in capsys.readouterr().out
    tamper("delete from audit_event where id = %s", sealed[5].pk)
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    assert str(sealed[5].pk) in capsys.readouterr().out


def test_a_restored_backup_is_told_from_a_cut_tail(sealed: list[Event], tamper: Tamper, events: Make) -> None:
    tamper("delete from audit_event where id > %s", sealed[7].pk)
    tamper("delete from audit_seal where position > 8")
    tamper("delete from audit_batch where last_position > 8")
    note_restored()
    events(3)
    seal_all()
    report = verify()
    assert report.sound
    assert len(report.restored) == 1


def test_after_a_restore_into_a_younger_server_sealing_goes_on(
    sealed: list[Event], tamper: Tamper, events: Make
) -> None:
    """There transactions are numbered from the beginning again."""
    tamper("update audit_batch set horizon = horizon + 1000000000")
    events(3)
    assert seal_all() == 3


class TestOrder:
    """Sealing follows commits and waits for nobody."""

    def test_an_open_transaction_is_left_for_the_next_run(self, events: Make, owner: Any) -> None:
        insert = (
            "insert into audit_event (actor_label, verb, subject_type, subject_id, reason, data) "
            "values ('Chậm', 'test.slow', '', '', '', '{}')"
        )
        with owner.transaction():
            owner.execute(insert)
            quick = events(2)
            assert seal_all() == 2
        assert seal_all() == 1
        order = list(Seal.objects.order_by("position").values_list("event_id", flat=True))
        assert order[:2] == [event.pk for event in quick]
        assert verify().sound

    def test_portions_join_without_a_gap(self, events: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("nhipcau.apps.audit.seal.PORTION", 3)
        monkeypatch.setattr("nhipcau.apps.audit.verify.PORTION", 2)
        with transaction.atomic():
            events(8)
        assert seal_all() == 8
        assert verify().sound
        assert Batch.objects.count() == 3

    def test_what_waited_long_beside_a_full_portion_is_no_fraud(
        self, events: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nhipcau.apps.audit.seal.PORTION", 3)
        with transaction.atomic():
            events(8)
        later = timezone.now() + timedelta(hours=5)
        monkeypatch.setattr("nhipcau.apps.audit.seal.timezone.now", lambda: later)
        assert seal_all() == 8
        assert verify().sound
        with transaction.atomic():
            events(1)  # bears a time five hours before the last portion, which was not full
        assert seal_all() == 1
        assert kinds() == {"backdated"}

    def test_a_crash_before_the_line_outside_is_made_up_for(
        self, events: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        events(3)
        with monkeypatch.context() as crash:
            crash.setattr(heads, "append", lambda *_arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                seal_all()
        assert heads.read() == []
        assert seal_all() == 0
        assert [head.position for head in heads.read()] == [3]
        assert verify().sound

    def test_the_last_line_is_found_without_reading_all(self, sealed: list[Event]) -> None:
        for _ in range(40):
            heads.append(12, heads.read()[-1].link, timezone.now())
        with heads.path().open("a") as file:
            file.write("13\tabc")
        last = heads.last()
        assert last is not None
        assert last.position == 12

    def test_nothing_new_seals_nothing(self, sealed: list[Event], folder: Path) -> None:
        before = heads.path().read_bytes()
        assert seal_all() == 0
        assert heads.path().read_bytes() == before


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_event", "audit_seal", "audit_batch"])
@pytest.mark.parametrize("verb", ["delete from {}", "update {} set id = id", "truncate {}"])
def test_the_serving_login_can_only_add(table: str, verb: str) -> None:
    statement = verb.format(table).replace(
        "set id = id", "set position = 1" if "seal" in table else "set id = id"
    )
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_night_the_log_says_whether_it_is_sound(
    sealed: list[Event], tamper: Tamper, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.read_again(0)
    assert "ERROR" not in {record.levelname for record in caplog.records}
    tamper("delete from audit_event where id = %s", sealed[5].pk)
    jobs.read_again(0)
    assert "ERROR" in {record.levelname for record in caplog.records}
