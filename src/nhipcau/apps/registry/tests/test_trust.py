"""Consents, verifications and restrictions: provable, dated, ended; and what follows from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.cast import Cast
from tests.permissions.world_of_registry import (
    begin_registry,
    make_consent_text,
    make_record,
    make_round,
)

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.registry.actions import (
    end_verification,
    lift_restriction,
    record_consent,
    restrict_person,
    verify_person,
    withdraw_consent,
    write_consent_text,
)
from nhipcau.apps.registry.actions.verify_person import expire_verifications
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Basis,
    Consent,
    ConsentText,
    Group,
    Membership,
    Person,
    Verification,
)
from nhipcau.apps.registry.search import found_by

TODAY = timezone.localdate


@pytest.fixture
def person(cast: Cast) -> Person:
    begin_registry()
    return enter(make_record(cast, make_round(cast), place=cast.commune, groups=[Group.WORKER]))


@pytest.fixture
def text(cast: Cast) -> ConsentText:
    begin_registry()
    return make_consent_text(cast)


def values(**changed: Any) -> dict[str, Any]:
    return {
        "given_on": TODAY(),
        "by": "person",
        "representative": "",
        "child_agreed": None,
        "how": "paper",
        "proof": "Hồ sơ 12",
    } | changed


def agreeing(cast: Cast) -> set[int]:
    set_identity(cast.coordinator.pk)
    return set(Person.objects.consenting("contact").values_list("pk", flat=True))


def test_who_agreed_to_a_purpose_is_asked_until_she_ends_it(
    cast: Cast, person: Person, text: ConsentText
) -> None:
    me = cast.coordinator
    assert agreeing(cast) == set()
    made = record_consent(person, text, values(given_on=TODAY() - timedelta(days=3)), actor=me)
    assert agreeing(cast) == {person.pk}
    assert not Person.objects.consenting("publishing").exists(), "one purpose is not another"
    with override("en"), pytest.raises(Refused, match="agreed to this purpose already"):
        record_consent(person, text, values(), actor=me)
    withdraw_consent(made, on=TODAY(), how="Thư", actor=me)
    assert agreeing(cast) == set()
    with override("en"), pytest.raises(Refused, match="ended already"):
        withdraw_consent(made, on=TODAY(), how="Thư", actor=me)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"proof": " "}, "proof"),
        ({"given_on": date(2100, 1, 1)}, "in use"),
        ({"given_on": date(1999, 1, 1)}, "in use"),
        ({"by": "representative"}, "represents the child"),
    ],
)
def test_a_consent_that_cannot_be_proven_is_none(
    cast: Cast, person: Person, text: ConsentText, changed: dict[str, Any], words: str
) -> None:
    set_identity(cast.coordinator.pk)
    with override("en"), pytest.raises(Refused, match=words):
        record_consent(person, text, values(**changed), actor=cast.coordinator)
    assert not Consent.objects.exists()


def test_the_later_word_counts_for_whom_she_was_joined_to(
    cast: Cast, person: Person, text: ConsentText
) -> None:
    me = cast.coordinator
    begin_registry()
    gone = enter(make_record(cast, make_round(cast, name="Đợt khác"), name="Nguyễn Hoa"))
    set_identity(me.pk)
    record_consent(gone, text, values(given_on=TODAY() - timedelta(days=9)), actor=me)
    begin_registry()
    Membership.objects.filter(person=gone).update(person=person)
    Person.objects.filter(pk=gone.pk).update(merged_into=person)
    derive([gone.pk, person.pk])
    assert agreeing(cast) == {person.pk}
    begin_registry()
    Consent.objects.create(
        person=person,
        text=text,
        purpose="contact",
        given_on=TODAY() - timedelta(days=8),
        by="person",
        how="paper",
        recorded_by=me,
        withdrawn_on=TODAY() - timedelta(days=1),
        withdrawn_by=me,
    )
    assert agreeing(cast) == set()


def test_words_that_were_agreed_to_are_followed_by_another_version(cast: Cast, text: ConsentText) -> None:
    set_identity(cast.coordinator.pk)
    second = write_consent_text(
        purpose="contact", text_vi="Khác", text_en="Other", in_use_from=TODAY(), actor=cast.coordinator
    )
    assert (second.version, ConsentText.objects.get(version=1).text_vi) == (2, text.text_vi)
    with override("en"), pytest.raises(Refused, match="later day"):
        write_consent_text(
            purpose="contact", text_vi="x", text_en="x", in_use_from=date(2020, 1, 1), actor=cast.coordinator
        )


def basis_of(person: Person) -> str:
    person.refresh_from_db()
    return person.basis


def test_the_surest_verification_that_stands_tells_how_sure_she_is(cast: Cast, person: Person) -> None:
    me = cast.coordinator
    set_identity(me.pk)
    assert basis_of(person) == Basis.UNVERIFIED
    verify_person(person, by="relative", on=TODAY(), evidence="Gọi điện", actor=me)
    assert basis_of(person) == Basis.RELATIVE
    own = verify_person(person, by="person", on=TODAY(), evidence="Thư", actor=me)
    assert basis_of(person) == Basis.PERSON
    end_verification(own, reason="Nhầm người", actor=me)
    assert basis_of(person) == Basis.RELATIVE


def test_what_a_relative_said_expires_and_the_keeper_is_told_how_many(
    cast: Cast, person: Person, settings: Any
) -> None:
    me = cast.coordinator
    set_identity(me.pk)
    made = verify_person(person, by="relative", on=TODAY(), evidence="Gọi điện", actor=me)
    assert made.expires_on == TODAY() + timedelta(days=settings.RELATIVE_DAYS)
    begin_registry()
    assert expire_verifications() == 0
    Verification.objects.update(verified_on=date(2020, 1, 1), expires_on=TODAY())
    assert expire_verifications() == 1
    assert basis_of(person) == Basis.UNVERIFIED
    notice = Notice.objects.get(kind="registry.unverified", recipient=me)
    assert "Hoa" not in str(notice.values)
    assert expire_verifications() == 0, "once is enough"
    with override("en"), pytest.raises(Refused, match="long ago"):
        verify_person(person, by="relative", on=date(2020, 1, 1), evidence="Thư", actor=me)


def test_a_record_of_a_relative_grows_old_unless_somebody_confirms(cast: Cast, settings: Any) -> None:
    begin_registry()
    person = enter(make_record(cast, make_round(cast), basis="relative"))
    assert basis_of(person) == Basis.RELATIVE
    settings.RELATIVE_DAYS = -1
    assert expire_verifications() == 1
    assert basis_of(person) == Basis.UNVERIFIED


def test_the_database_lets_no_relative_vouch_for_ever(cast: Cast, person: Person) -> None:
    begin_registry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(
            person=person, by="relative", verified_on=TODAY(), recorded_by=cast.coordinator
        )


def test_a_restricted_person_is_there_for_the_keeper_alone(cast: Cast, person: Person) -> None:
    me = cast.coordinator
    set_identity(cast.commune_officer.pk)
    assert Person.objects.filter(pk=person.pk).exists()
    set_identity(me.pk)
    with override("en"), pytest.raises(Refused, match="reason"):
        restrict_person(person, reason="", actor=me)
    restrict_person(person, reason="Đang tranh chấp", actor=me)
    person.refresh_from_db()
    assert person.restricted_at is not None
    assert not Person.objects.usable().filter(pk=person.pk).exists()
    assert found_by("Hoa") == [person.pk], "the keeper finds that she is there"
    for name in ("commune_officer", "officer"):
        user = getattr(cast, name)
        set_identity(user.pk)
        assert not Person.objects.filter(pk=person.pk).exists(), name
        assert not Membership.objects.filter(person=person).exists(), name
        begin_registry()
        assert not Person.objects.visible_to(user).filter(pk=person.pk).exists(), name
    set_identity(me.pk)
    lift_restriction(person, reason="Đã giải quyết", actor=me)
    person.refresh_from_db()
    assert person.restricted_at is None
    set_identity(cast.commune_officer.pk)
    assert Person.objects.filter(pk=person.pk).exists()


def test_the_page_of_a_restricted_person_tells_nothing_but_that(
    cast: Cast, person: Person, signed_in: Any
) -> None:
    set_identity(cast.coordinator.pk)
    restrict_person(person, reason="Theo yêu cầu", actor=cast.coordinator)
    client: Client = signed_in("coordinator")
    page = client.get(reverse("registry:person", args=[person.pk])).content.decode()
    assert "hạn chế xử lý" in page
    assert "Nguyễn Thị Hoa" not in page
    listed = client.get(reverse("registry:people")).content.decode()
    assert "Nguyễn Thị Hoa" not in listed
    assert "hạn chế xử lý" in listed


def test_the_pages_record_and_end(cast: Cast, person: Person, text: ConsentText, signed_in: Any) -> None:
    client: Client = signed_in("coordinator")
    today = f"{TODAY():%d/%m/%Y}"
    own = [person.pk]
    sent = {"text": text.pk, "given_on": today, "by": "person", "how": "paper", "proof": "Hồ sơ 9"}
    assert client.post(reverse("registry:consent_new", args=own), {}).status_code == 422
    assert client.post(reverse("registry:consent_new", args=own), sent).status_code == 302
    said = {"by": "document", "on": today, "evidence": "Hộ chiếu"}
    assert client.post(reverse("registry:verify", args=own), said).status_code == 302
    page = client.get(reverse("registry:person", args=own)).content.decode()
    assert "Hồ sơ 9" in page
    assert "Hộ chiếu" in page
    begin_registry()
    ends = (
        ("registry:consent_end", Consent.objects.get().pk, {"day": today, "words": "Thư"}),
        ("registry:verification_end", Verification.objects.get().pk, {"words": "Nhầm"}),
    )
    for name, pk, data in ends:
        assert client.post(reverse(name, args=[person.pk, pk]), data).status_code == 302
        assert client.post(reverse(name, args=[person.pk, pk]), data).status_code == 422
    assert client.post(reverse("registry:restrict", args=own), {"words": "Yêu cầu"}).status_code == 302
    assert client.post(reverse("registry:restrict", args=own), {"words": "Xong"}).status_code == 302
    begin_registry()
    person.refresh_from_db()
    assert person.restricted_at is None
