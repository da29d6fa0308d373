"""A person's requests: their clocks stay as they were set, each step has its place, what is asked is done."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.cast import Cast
from tests.permissions.world_of_registry import begin_registry, make_record, make_request, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.actions import (
    acknowledge_request,
    check_identity,
    correct_person,
    extend_request,
    find_requester,
    finish_request,
    grant_request,
    receive_request,
    refuse_request,
    take_back_request,
)
from nhipcau.apps.registry.clocks import law_of, laws, set_clock
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Person, RightsRequest
from nhipcau.apps.registry.rights_letter import answer_letter
from nhipcau.apps.registry.rights_stages import STEPS, possible
from nhipcau.core.officialdoc import check_docx
from nhipcau.core.workdays import Calendar, shipped_calendar

RIGHTS = [right.value for right in RightsRequest.Right]
DAYS = {"see": 10, "copy": 10, "correct": 10, "restrict": 15, "withdraw": 15, "erase": 20}
VALUES = {
    "asked_by": "person",
    "asker": "Nguyễn Thị Hoa",
    "contact": "hoa@example.com",
    "identity": "paper",
    "channel": "desk",
}
SignedIn = Callable[[str], Client]


@pytest.fixture
def person(cast: Cast) -> Person:
    begin_registry()
    return enter(make_record(cast, make_round(cast)))


def asked(cast: Cast, person: Person | None, right: str = "see", **values: object) -> RightsRequest:
    set_identity(cast.coordinator.pk)
    return receive_request(
        VALUES | {"about": "" if person else "Trần Văn Bình, 1970"} | values,
        right=right,
        received_on=timezone.localdate(),
        person=person,
        actor=cast.coordinator,
    )


def granted(cast: Cast, person: Person, right: str = "see") -> RightsRequest:
    request = asked(cast, person, right)
    acknowledge_request(request, on=timezone.localdate(), actor=cast.coordinator)
    grant_request(request, actor=cast.coordinator)
    request.refresh_from_db()
    return request


DATES = st.dates(min_value=date(2026, 1, 1), max_value=date(2035, 12, 31))


@given(day=DATES, right=st.sampled_from(RIGHTS), processor=st.booleans())
def test_only_the_acknowledgement_counts_working_days(day: date, right: str, processor: bool) -> None:
    calendar = shipped_calendar()
    clock = set_clock(right, day, calendar, with_processor=processor)
    days = 20 if processor and right in ("restrict", "withdraw") else DAYS[right]
    assert clock.due_on == day + timedelta(days=days)
    assert calendar.is_working(clock.acknowledge_by)
    assert calendar.between(day, clock.acknowledge_by) == 2
    assert clock.extension >= 1


@given(day=DATES, off=st.sets(DATES, max_size=20), right=st.sampled_from(RIGHTS))
def test_days_off_move_the_acknowledgement_alone_and_never_forward_in_time(
    day: date, off: set[date], right: str
) -> None:
    plain, with_holidays = Calendar(), Calendar(version=9, off=frozenset(off))
    one, other = set_clock(right, day, plain), set_clock(right, day, with_holidays)
    assert one.due_on == other.due_on
    assert one.acknowledge_by <= other.acknowledge_by
    assert other.acknowledge_by > day


def test_the_law_of_the_day_of_receipt_counts() -> None:
    assert law_of(date(2026, 1, 1)).since == date(2026, 1, 1)
    assert law_of(date(2025, 12, 31)) == laws()[0]
    assert law_of(date(1990, 1, 1)) == laws()[0]
    assert all(set(law.days) == set(law.extension) == set(RIGHTS) for law in laws())


def test_what_was_set_at_receipt_stays(cast: Cast, person: Person) -> None:
    request = asked(cast, person)
    before = (request.acknowledge_by, request.due_on, dict(request.terms))
    acknowledge_request(request, on=timezone.localdate(), actor=cast.coordinator)
    request.refresh_from_db()
    assert (request.acknowledge_by, request.due_on, request.terms) == before
    assert request.terms["days"] == 10
    assert "91/2025/QH15" in request.terms["law"]


def test_a_request_is_extended_once_with_a_reason_within_the_law(cast: Cast, person: Person) -> None:
    request = asked(cast, person)
    first = request.due_on
    with override("en"):
        with pytest.raises(Refused, match="reason"):
            extend_request(request, to=first + timedelta(days=2), reason=" ", actor=cast.coordinator)
        with pytest.raises(Refused, match="at most"):
            extend_request(request, to=first + timedelta(days=11), reason="Nhiều", actor=cast.coordinator)
        with pytest.raises(Refused, match="at most"):
            extend_request(request, to=first, reason="Nhiều hồ sơ", actor=cast.coordinator)
        extend_request(request, to=first + timedelta(days=5), reason="Nhiều hồ sơ", actor=cast.coordinator)
        with pytest.raises(Refused, match="gone on"):
            extend_request(request, to=first + timedelta(days=6), reason="Nữa", actor=cast.coordinator)
    request.refresh_from_db()
    assert (request.first_due_on, request.due_on) == (first, first + timedelta(days=5))


@pytest.mark.parametrize(("days", "most"), [(-1, 10), (0, 0), (4, 4)])
def test_how_long_an_extension_may_be_is_a_setting(
    cast: Cast, person: Person, settings: Settings, days: int, most: int
) -> None:
    settings.RIGHTS_EXTENSION_DAYS = days
    request = asked(cast, person)
    last = request.first_due_on + timedelta(days=most)
    with pytest.raises(Refused):
        extend_request(request, to=last + timedelta(days=1), reason="Nhiều", actor=cast.coordinator)
    assert possible(request, "extend") is (most > 0)
    if most:
        extend_request(request, to=last, reason="Nhiều hồ sơ", actor=cast.coordinator)


def test_a_request_that_is_over_is_not_extended(cast: Cast, person: Person) -> None:
    old = make_request(
        cast,
        person,
        received_on=date(2026, 1, 5),
        acknowledge_by=date(2026, 1, 7),
        first_due_on=date(2026, 1, 15),
        due_on=date(2026, 1, 15),
        terms={"extension": 10},
    )
    set_identity(cast.coordinator.pk)
    with override("en"), pytest.raises(Refused, match="over already"):
        extend_request(old, to=date(2026, 1, 20), reason="Muộn", actor=cast.coordinator)


def test_nothing_is_granted_before_it_is_known_who_asks_about_whom(cast: Cast, person: Person) -> None:
    request = asked(cast, None, identity="open", asked_by="representative")
    acknowledge_request(request, on=timezone.localdate(), actor=cast.coordinator)
    with override("en"):
        with pytest.raises(Refused, match="Find the person"):
            grant_request(request, actor=cast.coordinator)
        find_requester(request, person, actor=cast.coordinator)
        with pytest.raises(Refused, match="identity"):
            grant_request(request, actor=cast.coordinator)
        check_identity(request, identity="paper", mandate="", actor=cast.coordinator)
        with pytest.raises(Refused, match="represents"):
            grant_request(request, actor=cast.coordinator)
        check_identity(request, identity="paper", mandate="Giấy ủy quyền 3/2026", actor=cast.coordinator)
        grant_request(request, actor=cast.coordinator)
    request.refresh_from_db()
    assert (request.state, request.person) == ("granted", person)


def test_a_request_for_nobody_and_one_of_tomorrow_are_refused(cast: Cast) -> None:
    set_identity(cast.coordinator.pk)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with override("en"):
        with pytest.raises(Refused, match="whom"):
            receive_request(
                VALUES, right="see", received_on=date(2026, 11, 2), person=None, actor=cast.coordinator
            )
        with pytest.raises(Refused, match="still to come"):
            receive_request(
                VALUES | {"about": "Hoa"},
                right="see",
                received_on=tomorrow,
                person=None,
                actor=cast.coordinator,
            )


@pytest.mark.parametrize("state", [state.value for state in RightsRequest.State])
def test_an_ended_request_stays_as_it_is(state: str) -> None:
    request = RightsRequest(state=state)
    if state in RightsRequest.ENDED:
        assert not any(possible(request, step) for step in STEPS)
    else:
        assert possible(request, "take_back")


def test_a_refusal_has_its_reason_and_ends_it(cast: Cast, person: Person) -> None:
    request = asked(cast, person)
    with override("en"), pytest.raises(Refused, match="reason"):
        refuse_request(request, reason="", actor=cast.coordinator)
    refuse_request(request, reason="Không phải đương sự", actor=cast.coordinator)
    request.refresh_from_db()
    assert (request.state, request.decision_reason, request.ended_on) == (
        "refused",
        "Không phải đương sự",
        timezone.localdate(),
    )


def test_a_request_can_be_taken_back(cast: Cast, person: Person) -> None:
    request = asked(cast, person)
    take_back_request(request, reason="Gọi điện", actor=cast.coordinator)
    request.refresh_from_db()
    assert request.state == "taken_back"


def test_what_was_asked_is_looked_up_before_it_counts_as_done(cast: Cast, person: Person) -> None:
    request = granted(cast, person, "correct")
    with override("en"), pytest.raises(Refused, match="Correct what"):
        finish_request(request, how="Thư", actor=cast.coordinator)
    correct_person(
        person,
        {"occupation": "Kỹ sư"},
        basis="person",
        reason=request.number,
        sender=cast.lead_agency,
        actor=cast.coordinator,
    )
    finish_request(request, how="Thư", actor=cast.coordinator)
    request.refresh_from_db()
    assert request.state == "done"


def test_the_answer_is_a_letter_in_the_official_form(cast: Cast, person: Person, tmp_path) -> None:
    request = granted(cast, person)
    file = tmp_path / "letter.docx"
    file.write_bytes(answer_letter(request, cast.coordinator))
    assert [finding for finding in check_docx(file) if finding.code not in ("no-number", "no-day")] == []
    words = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert request.number in words
    assert "xem dữ liệu" in words


def test_the_desk_shows_what_is_overdue_first_in_few_queries(
    cast: Cast, person: Person, signed_in: SignedIn, django_assert_max_num_queries
) -> None:
    begin_registry()
    make_request(
        cast,
        person,
        received_on=date(2026, 1, 5),
        acknowledge_by=date(2026, 1, 7),
        first_due_on=date(2026, 1, 15),
        due_on=date(2026, 1, 15),
    )
    for _each in range(5):
        make_request(cast, person)
    client = signed_in("coordinator")
    client.get(reverse("registry:rights"))
    with django_assert_max_num_queries(16):
        page = client.get(reverse("registry:rights")).content.decode()
    assert "quá hạn" in page.lower()


def test_a_request_goes_its_way_through_the_pages(
    cast: Cast, person: Person, signed_in: SignedIn, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    client = signed_in("coordinator")
    assert client.get(reverse("registry:person", args=[person.pk])).status_code == 200
    new = reverse("registry:right_new") + f"?person={person.pk}"
    assert client.get(new).status_code == 200
    today = f"{timezone.localdate():%d/%m/%Y}"
    sent = client.post(new, VALUES | {"right": "copy", "received_on": today})
    assert sent.status_code == 302, sent.content.decode()
    page = sent["Location"]
    act = f"{page}act/"
    assert client.post(act, {"what": "nonsense"}).status_code == 422
    assert client.post(act, {"what": "refuse", "words": ""}).status_code == 422
    assert client.post(act, {"what": "acknowledge", "day": today}).status_code == 302
    assert client.post(act, {"what": "grant"}).status_code == 302
    assert client.post(act, {"what": "finish", "words": "Thư"}).status_code == 422
    made = client.post(act, {"what": "copy"})
    assert made.status_code == 302, made.content.decode()
    begin_registry()
    request = RightsRequest.objects.get()
    copy = request.copies.get()
    fetched = client.get(reverse("registry:right_copy", args=[request.pk, copy.pk]))
    data = b"".join(fetched.streaming_content)
    document = Document(io.BytesIO(data))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Nguyễn Thị Hoa" in words
    assert "30/5/1962" in words
    assert cast.coordinator.full_name in words, "who read it stands in it"
    assert client.post(act, {"what": "finish", "words": "Giao tận tay"}).status_code == 302
    assert client.get(reverse("registry:right_letter", args=[request.pk])).status_code == 200
    begin_registry()
    type(copy).objects.update(expires_on=date(2026, 1, 1))
    assert client.get(reverse("registry:right_copy", args=[request.pk, copy.pk])).status_code == 422
    assert store.path_of(Upload.objects.get(pk=copy.upload_id).sha256).exists()


def test_nobody_but_the_keeper_comes_to_the_desk(cast: Cast, person: Person, signed_in: SignedIn) -> None:
    begin_registry()
    request = make_request(cast, person)
    for name in ("officer", "commune_officer", "leader", "reader", "system_admin"):
        set_identity(getattr(cast, name).pk)
        assert not RightsRequest.objects.exists(), name
        assert not RightsRequest.objects.visible_to(getattr(cast, name)).exists(), name
    assert signed_in("commune_officer").get(reverse("registry:right", args=[request.pk])).status_code == 404


def test_who_it_may_be_is_found_though_the_year_was_told_wrong(
    cast: Cast, person: Person, signed_in: SignedIn
) -> None:
    begin_registry()
    request = make_request(cast, None, about="NGUYEN THI HOA, 1963", asker="Ai Đó")
    page = signed_in("coordinator").get(reverse("registry:right", args=[request.pk])).content.decode()
    assert f'name="person" value="{person.pk}"' in page
