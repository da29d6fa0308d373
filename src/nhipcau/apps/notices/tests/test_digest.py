"""One mail a day at most, with what its reader asked for, and nothing when there is nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast, SignedIn, appoint, make_user

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices import jobs
from nhipcau.apps.notices.actions import choose_digest, make_digests, tell
from nhipcau.apps.notices.digest import is_due, reminder_days
from nhipcau.apps.notices.models import DigestRun, Mail, Notice
from nhipcau.apps.notices.registers import Reader
from nhipcau.apps.notices.tests.conftest import RETURNED, Shelf
from nhipcau.apps.reference.models import LawChange

DAY = date(2026, 11, 23)  # a Monday
MAKER = System("digest")


def texts(user: Any, day: date = DAY) -> list[str]:
    """The lines of her mail of the day."""
    mail = Mail.objects.filter(recipient=user, key=f"digest:{day}").first()
    return [line["text"] for part in mail.content["sections"] for line in part["lines"]] if mail else []


@pytest.mark.parametrize(
    ("offset", "told"), [(30, 1), (29, 0), (7, 1), (1, 1), (0, 0), (-1, 1), (-7, 1), (-30, 1)]
)
def test_reminders_come_on_the_days_of_the_settings(cast: Cast, shelf: Shelf, offset: int, told: int) -> None:
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=offset)]
    assert make_digests(DAY, actor=MAKER)
    assert Mail.objects.count() == told


def test_who_has_nothing_to_hear_gets_no_mail(cast: Cast, shelf: Shelf) -> None:
    make_digests(DAY, actor=MAKER)
    assert not Mail.objects.exists()
    assert DigestRun.objects.get().finished_at is not None


def test_unread_messages_come_once(cast: Cast, shelf: Shelf, task: LawChange) -> None:
    day = timezone.localdate()
    tell(
        [cast.officer, cast.outsider],
        RETURNED,
        key="r:1",
        actor=MAKER,
        about=task,
        task="Việc",
        reason="Lý do",
    )
    Notice.objects.filter(recipient=cast.outsider).update(read_at=timezone.now())
    make_digests(day, actor=MAKER)
    assert len(texts(cast.officer, day)) == 1
    assert not texts(cast.outsider, day)
    make_digests(day + timedelta(days=1), actor=MAKER)
    assert not texts(cast.officer, day + timedelta(days=1))


def test_a_day_is_done_once_however_often_it_is_asked_for(cast: Cast, shelf: Shelf) -> None:
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=7)]
    for _turn in range(3):
        assert make_digests(DAY, actor=MAKER)
    assert Mail.objects.count() == 1


def test_a_run_that_was_killed_goes_on_and_nobody_gets_two(cast: Cast, shelf: Shelf) -> None:
    people = [cast.officer, cast.outsider, cast.commune_officer, cast.leader]
    for user in people:
        shelf.dues[user.pk] = [DAY + timedelta(days=7)]
    assert not make_digests(DAY, actor=MAKER, at_once=5)
    before = Mail.objects.count()
    DigestRun.objects.update(reached=0)  # even if it began anew
    while not make_digests(DAY, actor=MAKER, at_once=3):
        pass
    assert 0 < before < len(people)
    assert Mail.objects.count() == len(people)


def test_the_outbox_takes_no_second_digest_of_a_day(cast: Cast, shelf: Shelf) -> None:
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=7)]
    make_digests(DAY, actor=MAKER)
    DigestRun.objects.all().delete()
    make_digests(DAY, actor=MAKER)
    assert Mail.objects.count() == 1


def test_days_on_which_the_system_was_down_are_made_up_for(cast: Cast, shelf: Shelf) -> None:
    DigestRun.objects.create(day=DAY - timedelta(days=3), finished_at=timezone.now())
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=offset) for offset in (4, 5, 6, 7)]
    make_digests(DAY, actor=MAKER)
    assert [line.split()[1] for line in texts(cast.officer)] == ["28/11", "29/11", "30/11"]


def test_one_chooses_days_and_weekdays(cast: Cast, shelf: Shelf) -> None:
    for user in (cast.officer, cast.outsider):
        shelf.dues[user.pk] = [DAY + timedelta(days=7), DAY + timedelta(days=1)]
    choose_digest(True, days=[-7], weekdays=[0, 1, 2, 3, 4], actor=cast.officer)
    choose_digest(True, days=[-7, -1], weekdays=[1], actor=cast.outsider)
    make_digests(DAY, actor=MAKER)
    assert [line.split()[1] for line in texts(cast.officer)] == ["30/11"]
    assert not texts(cast.outsider)
    make_digests(DAY + timedelta(days=1), actor=MAKER)
    # Tuesday brings what Monday would have.
    assert len(texts(cast.outsider, DAY + timedelta(days=1))) == 2


def test_one_switches_it_off_and_messages_still_come(cast: Cast, shelf: Shelf, task: LawChange) -> None:
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=7)]
    choose_digest(False, days=[], weekdays=[], actor=cast.officer)
    tell([cast.officer], RETURNED, key="r", actor=MAKER, about=task, task="Việc", reason="x")
    make_digests(DAY, actor=MAKER)
    assert not Mail.objects.exists()
    assert Notice.objects.count() == 1


def test_the_mail_is_made_in_the_readers_language(cast: Cast, shelf: Shelf) -> None:
    cast.outsider.language = "en"
    cast.outsider.save()
    for user in (cast.officer, cast.outsider):
        shelf.dues[user.pk] = [DAY + timedelta(days=7)]
    make_digests(DAY, actor=MAKER)
    subjects = dict(Mail.objects.values_list("recipient__language", "content__subject"))
    assert subjects["en"] == "Nhịp Cầu 23 November 2026 – Due soon or overdue: 1"
    assert subjects["vi"].startswith("Nhịp Cầu 23/11/2026 – Nhiệm vụ sắp đến hạn")


def test_a_long_list_is_cut_and_says_so(cast: Cast, shelf: Shelf) -> None:
    shelf.dues[cast.officer.pk] = [DAY + timedelta(days=7)] * 26
    make_digests(DAY, actor=MAKER)
    assert len(texts(cast.officer)) == 20
    (part,) = Mail.objects.get().content["sections"]
    assert (part["count"], part["more"]) == (26, "và 6 mục khác")


def test_the_locked_and_those_without_a_role_get_none(cast: Cast, shelf: Shelf) -> None:
    idle = make_user("idle", "Chưa Có Việc")
    for user in (cast.leaver, idle):
        shelf.dues[user.pk] = [DAY + timedelta(days=7)]
    make_digests(DAY, actor=MAKER)
    assert not Mail.objects.exists()


def test_five_hundred_people_take_a_fixed_number_of_queries(
    cast: Cast, shelf: Shelf, django_assert_max_num_queries: Any
) -> None:
    people = [make_user(f"p{number}", "Người Nhận Thư") for number in range(500)]
    for user in people:
        appoint(user, "officer", cast.department_a)
        shelf.dues[user.pk] = [DAY + timedelta(days=7)]
    with django_assert_max_num_queries(75):  # three steps of some twenty
        while not make_digests(DAY, actor=MAKER):
            pass
    assert Mail.objects.count() == 500
    assert shelf.asked == 3


@pytest.mark.parametrize(("hour", "due"), [(6, False), (7, True), (23, True)])
def test_it_is_due_from_the_set_hour_of_the_province_on(db: None, hour: int, due: bool) -> None:
    zone = timezone.get_current_timezone()
    assert is_due(datetime(2026, 11, 23, hour, 30, tzinfo=zone)) is due


def test_it_is_not_due_again_when_the_day_is_done_or_it_is_off(db: None, settings: Any) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=timezone.get_current_timezone())
    settings.DIGEST = False
    assert not is_due(now)
    settings.DIGEST = True
    DigestRun.objects.create(day=DAY)
    assert is_due(now)
    DigestRun.objects.update(finished_at=timezone.now())
    assert not is_due(now)


def test_without_a_way_for_mails_none_is_made(cast: Cast, shelf: Shelf, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.DIGEST_HOUR = "django.core.mail.backends.dummy.EmailBackend", 0
    shelf.dues[cast.officer.pk] = [timezone.localdate() + timedelta(days=7)]
    jobs.digest(0)
    jobs.post()
    assert not Mail.objects.exists()


def test_old_messages_and_mails_go(cast: Cast) -> None:
    now = timezone.now()
    for number, (created, read) in enumerate([(200, 190), (200, 10), (500, None), (300, None)]):
        made = Notice.objects.create(recipient=cast.officer, kind=RETURNED, key=str(number))
        moment = now - timedelta(days=read) if read else None
        Notice.objects.filter(pk=made.pk).update(created_at=now - timedelta(days=created), read_at=moment)
    for key, state, days in (("a", "sent", 100), ("b", "sent", 10), ("c", "unclear", 300)):
        Mail.objects.create(
            recipient=cast.officer, kind="digest", key=key, state=state, ended_at=now - timedelta(days=days)
        )
    jobs.clear_old(0)
    assert sorted(Notice.objects.values_list("key", flat=True)) == ["1", "3"]
    assert sorted(Mail.objects.values_list("key", flat=True)) == ["b", "c"]


def test_the_choice_is_made_on_a_page(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    answer = client.post(
        "/messages/reminders/", {"by_mail": "on", "days": ["-7", "1"], "weekdays": ["0", "2"]}
    )
    assert answer.status_code == 302
    page = client.get("/messages/reminders/").content.decode()
    assert page.count("checked") == 5
    refused = client.post("/messages/reminders/", {"by_mail": "on", "days": ["-7"]})
    assert refused.status_code == 422
    odd = client.post("/messages/reminders/", {"by_mail": "on", "days": ["3", "x"], "weekdays": ["9"]})
    assert odd.status_code == 422
    off = client.post("/messages/reminders/", {})
    assert off.status_code == 302


def test_a_reader_is_reminded_of_dates_before_and_after(cast: Cast) -> None:
    reader = Reader(cast.officer, DAY, DAY - timedelta(days=1), (-7, 1))
    assert reader.reminded_of() == {DAY + timedelta(days=7): 7, DAY - timedelta(days=1): -1}


def test_an_instance_reminds_30_7_1_days_before_and_1_7_30_after() -> None:
    assert reminder_days() == (-30, -7, -1, 1, 7, 30)
