"""Whatever happens in whatever order, no acknowledged word is lost, and the states agree with each other."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.cast import Cast

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import Body
from nhipcau.apps.plans.tests.acts import carried_out, merged
from nhipcau.apps.reporting.actions import (
    approve_submission,
    ask_deferral,
    begin_draft,
    decide_deferral,
    return_submission,
    save_draft,
    send_submission,
)
from nhipcau.apps.reporting.actions.lock_period import lock_period, unlock_period
from nhipcau.apps.reporting.answering import content_of, digest_of, read_answers
from nhipcau.apps.reporting.models import RECEIVED, Obligation, Period, Submission
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import OWED
from nhipcau.apps.reporting.taking import still_taken
from nhipcau.apps.reporting.tests.reports import Reports, answers, fresh, make_reports

pytestmark = pytest.mark.django_db
State = Obligation.State
OF_STATE = {State.SENT: "sent", State.RETURNED: "returned", State.APPROVED: "approved"}
WORDS = st.text(alphabet="abcđêà .", min_size=1, max_size=12).filter(lambda text: text.strip())
# Where an action is interrupted: module of the action, and the name it calls.
BREAKS = {
    "save": ("save_draft", "write_answers"),
    "send": ("send_submission", "take_number"),
    "sent": ("send_submission", "tell_reviewers"),
    "return": ("return_submission", "tell_unit"),
    "approve": ("approve_submission", "tell_unit"),
}


class Crashed(Exception):
    """The process died here."""


class Life(RuleBasedStateMachine):
    """One report of one unit, which another unit takes over at some time."""

    found: ClassVar[Reports]
    # Which steps were really taken, in all examples together.
    taken: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        # By received number: the words, and who sent them.
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.saved: str | None = None
        self.restructured = False
        self.unit: User = fresh(self.found.cast.officer)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def judge(self) -> User:
        return self.found.cast.coordinator

    @property
    def row(self) -> Obligation:
        return Obligation.objects.get(pk=self.found.of_a.pk)

    @property
    def period(self) -> Period:
        return Period.objects.get(pk=self.found.period.pk)

    def draft(self) -> Submission | None:
        return Submission.objects.filter(obligation=self.found.of_a, sent_at=None).first()

    def tried(self, step: str, do: Callable[[], Any]) -> Any:
        """What it gave; None where it was refused."""
        try:
            with transaction.atomic():
                done = do()
        except Refused as refused:
            self.taken[f"{step} refused: {refused.code}"] += 1
            return None
        self.taken[step] += 1
        return done

    @rule(words=WORDS)
    def save(self, words: str) -> None:
        def do() -> Submission:
            draft = begin_draft(self.row, actor=self.unit)
            said = answers(self.found, words)
            return save_draft(draft, said, revision=draft.revision, actor=self.unit)

        if self.tried("save", do) is not None:
            self.saved = words.strip()

    @precondition(lambda self: self.draft() is not None)
    @rule()
    def send(self) -> None:
        """Taken exactly while the one rule says so."""
        draft, row = self.draft(), self.row
        if draft is None:
            return
        step = "resubmit" if row.state == State.RETURNED else "send"
        taken = still_taken(row, timezone.now())
        sent = self.tried(step, lambda: send_submission(draft, revision=draft.revision, actor=self.unit))
        assert taken == (sent is not None)
        if sent is not None:
            assert self.saved is not None
            self.acknowledged[sent.received_number] = (self.saved, row.organisation_id)

    @precondition(lambda self: self.row.state in OWED)
    @rule(words=WORDS)
    def save_and_send(self, words: str) -> None:
        self.save(words)
        if self.draft() is not None:
            self.send()

    @rule()
    def send_again(self) -> None:
        """The same sending once more, as after a lost answer."""
        last = Submission.objects.filter(obligation=self.found.of_a, sent_at__isnull=False).last()
        if last is not None:
            again = send_submission(last, revision=0, actor=self.unit)
            assert again.received_number == last.received_number

    @precondition(lambda self: self.row.state in RECEIVED)
    @rule(seen=st.sampled_from((True, True, False)))
    def give_back(self, seen: bool) -> None:
        version = self.row.version - (not seen)
        was = self.row

        def do() -> Obligation:
            return return_submission(self.row, reason="Thiếu", version=version, actor=self.judge)

        if self.tried("return", do) is not None and was.organisation_id != self.row.organisation_id:
            # It had been sent by a body that ended: who took over has it now.
            assert self.restructured
            self.unit = fresh(self.found.cast.outsider)

    @precondition(lambda self: self.row.state in RECEIVED)
    @rule()
    def approve(self) -> None:
        version = self.row.version
        self.tried("approve", lambda: approve_submission(self.row, version=version, actor=self.judge))

    @precondition(lambda self: self.period.locked_at is None and self.draft() is not None)
    @rule()
    def lock(self) -> None:
        period = self.period
        self.tried("lock", lambda: lock_period(period, revision=period.revision, actor=self.judge))

    @precondition(lambda self: self.period.locked_at is not None)
    @rule()
    def unlock(self) -> None:
        seen = self.period.revision
        self.tried(
            "unlock", lambda: unlock_period(self.period, reason="Nhầm", revision=seen, actor=self.judge)
        )

    @precondition(lambda self: self.row.state in OWED)
    @rule(days=st.integers(1, 9))
    def extend(self, days: int) -> None:
        day = timezone.localtime(self.row.due_at).date() + timedelta(days=days)
        asked = self.tried("ask", lambda: ask_deferral(self.row, day, reason="Bận", actor=self.unit))
        if asked is not None:
            grant = days % 3 != 0
            step = "extend" if grant else "refuse"
            self.tried(step, lambda: decide_deferral(asked, grant=grant, reason="x", actor=self.judge))

    @precondition(lambda self: not self.restructured)
    @rule()
    def restructure(self) -> None:
        """Sở A goes into Sở B: what is owed is owed by Sở B from then on, what was sent stays Sở A's."""
        cast, owed = self.found.cast, self.row.state in OWED
        act = merged(cast, [cast.department_a], Body(organisation=cast.department_b.pk))
        carried_out(cast, act)
        self.restructured = True
        self.taken["restructure"] += 1
        heir = cast.department_b if owed else cast.department_a
        assert self.row.organisation_id == heir.pk
        if owed:
            self.unit = fresh(cast.outsider)

    @precondition(lambda self: self.row.state in OWED)
    @rule(what=st.sampled_from(("save", "send", "sent")), words=WORDS)
    def crash_while_writing(self, what: str, words: str) -> None:
        self.crash(what, words)

    @precondition(lambda self: self.row.state in RECEIVED)
    @rule(what=st.sampled_from(("return", "approve")))
    def crash_while_judging(self, what: str) -> None:
        self.crash(what, "")

    def crash(self, what: str, words: str) -> None:
        """The process dies inside the action: as if it had never been tried."""
        module, name = BREAKS[what]
        place = sys.modules[f"nhipcau.apps.reporting.actions.{module}"]
        before = self.picture()
        with mock.patch.object(place, name, side_effect=Crashed):
            try:
                with transaction.atomic():
                    self.attempt(what, words)
            except Crashed:
                self.taken[f"crash: {what}"] += 1
                assert self.picture() == before
            except Refused:
                assert self.picture() == before

    def attempt(self, what: str, words: str) -> None:
        draft = self.draft()
        if what == "save":
            draft = begin_draft(self.row, actor=self.unit)
            save_draft(draft, answers(self.found, words), revision=draft.revision, actor=self.unit)
        elif what in ("send", "sent") and draft is not None:
            send_submission(draft, revision=draft.revision, actor=self.unit)
        elif what == "return":
            return_submission(self.row, reason="x", version=self.row.version, actor=self.judge)
        elif what == "approve":
            approve_submission(self.row, version=self.row.version, actor=self.judge)

    def picture(self) -> tuple[object, ...]:
        versions = Submission.objects.filter(obligation=self.found.of_a).order_by("number")
        return (
            self.row.state,
            self.row.version,
            [(each.state, each.received_number, read_answers(each)) for each in versions],
        )

    @invariant()
    def every_acknowledged_word_is_there(self) -> None:
        for number, (words, sender) in self.acknowledged.items():
            sent = Submission.objects.get(received_number=number)
            assert read_answers(sent).texts[0].text == words
            assert sent.organisation_id == sender
            assert digest_of(content_of(sent)) == sent.digest
        draft = self.draft()
        if draft is not None and self.saved is not None:
            assert read_answers(draft).texts[0].text == self.saved

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        numbers = Submission.objects.exclude(received_number="").values_list("received_number", flat=True)
        assert sorted(int(each[-5:]) for each in numbers) == list(range(1, len(numbers) + 1))
        assert set(numbers) == set(self.acknowledged)

    @invariant()
    def states_agree(self) -> None:
        row = self.row
        last = Submission.objects.filter(obligation=row, sent_at__isnull=False).order_by("number").last()
        if last is None:
            assert row.state == State.WAITING
            return
        assert last.state == OF_STATE[State(row.state)]
        assert row.received_at == last.sent_at
        drafts = Submission.objects.filter(obligation=row, sent_at=None)
        assert drafts.count() <= (row.state == State.RETURNED)


EVERY = {
    *("save", "send", "resubmit", "return", "approve", "lock", "unlock", "ask", "extend", "refuse"),
    *("restructure", *(f"crash: {each}" for each in BREAKS)),
    *("send refused: locked", "return refused: stale", "save refused: no-such-move"),
}


@pytest.fixture
def life(cast: Cast, settings: Any) -> type[Life]:
    """Sở B owes nothing of its own here: it takes Sở A's report over."""
    settings.JOBS_INLINE = True
    found = make_reports(cast)
    found.of_b.delete()
    return type("LifeOfReports", (Life,), {"found": found, "taken": Counter[str]()})


def test_no_acknowledged_word_is_ever_lost(life: type[Life]) -> None:
    run_state_machine_as_test(
        life,
        settings=hypothesis_settings(
            max_examples=12,
            stateful_step_count=24,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("restructured", ["while it is owed", "while it is received"])
def test_one_life_of_every_step_loses_no_word(life: type[Life], restructured: str) -> None:
    """The random walk has a chance to take each of them; this one takes all."""
    one = life()
    before = [lambda: one.crash("save", "a"), lambda: one.save("mot"), one.lock, one.send]
    more = [lambda: one.extend(3), lambda: one.extend(2), one.unlock, lambda: one.crash("send", "")]
    sent = [lambda: one.crash("sent", ""), one.send, one.send_again, lambda: one.save("hai"), one.approve]
    back = [lambda: one.crash("return", ""), lambda: one.give_back(False), lambda: one.give_back(True)]
    again = [lambda: one.save_and_send("ba"), lambda: one.crash("approve", ""), one.approve]
    middle = (one.restructure, *back) if "received" in restructured else (*back, one.restructure)
    try:
        steps: list[Callable[[], None]] = [*before, *more, *sent, *middle, *again]
        for step in steps:
            step()
            one.every_acknowledged_word_is_there()
            one.numbers_have_no_gaps()
            one.states_agree()
        assert not EVERY - set(one.taken), one.taken
        senders = [sender for _words, sender in one.acknowledged.values()]
        assert senders == [one.found.cast.department_a.pk, one.found.cast.department_b.pk]
        assert one.row.state == State.APPROVED
    finally:
        one.teardown()
