"""Files with people who may not be used any more: sealed, deleted here, their owners and recipients told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.registry import export_files, export_jobs
from nhipcau.apps.registry.actions import (
    ask_export,
    erase_person,
    restrict_person,
    take_export,
    tell_recipients,
    withdraw_consent,
)
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.linking.deciding import carry_out
from nhipcau.apps.registry.models import Consent, ConsentText, Export, Person, Purpose, Recall
from nhipcau.apps.registry.tests.test_deciding import record_of
from nhipcau.apps.registry.tests.test_joining import from_list
from nhipcau.core.linkage.growing import Found, Grown, Joined

TOKEN = "Quỳnhdấu"


@pytest.fixture
def sign_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


@pytest.fixture
def hoa(cast: Cast, tmp_path: Path, settings: Settings) -> Person:
    settings.DATA, settings.JOBS_INLINE = tmp_path, True
    begin_registry()
    round = make_round(cast)
    enter(make_record(cast, round, name="Trần Văn Bình"))
    return enter(make_record(cast, round, name=f"Lê Thị {TOKEN}"))


def ask(cast: Cast, purpose: str = "contact") -> Export:
    set_identity(cast.coordinator.pk)
    words = "Mời họp mặt đầu xuân"
    return ask_export(purpose=purpose, words=words, wanted={}, columns=["name"], actor=cast.coordinator)


def after(export: Export) -> Export:
    begin_registry()
    export.refresh_from_db()
    return export


def agree(cast: Cast, person: Person, purpose: str) -> Consent:
    begin_registry()
    text = ConsentText.objects.create(
        purpose=purpose,
        version=1,
        text_vi="Đồng ý",
        text_en="Agree",
        in_use_from=date(2026, 1, 1),
        made_by=cast.coordinator,
    )
    return Consent.objects.create(
        person=person,
        text=text,
        purpose=purpose,
        given_on=date(2026, 2, 1),
        by="person",
        how="paper",
        proof="HS 12",
        recorded_by=cast.coordinator,
    )


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_of_a_file_lies_in_the_clear(cast: Cast, hoa: Person, tmp_path: Path) -> None:
    made = ask(cast)
    kept = export_files.path_of(made.file).read_bytes()
    assert kept.startswith(b"NCFILE")
    assert TOKEN.encode() not in on_disk(tmp_path)
    assert export_files.content(made)[:2] == b"PK"


def test_a_file_that_was_changed_is_not_given_out(cast: Cast, hoa: Person) -> None:
    made = ask(cast)
    path = export_files.path_of(made.file)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused):
        take_export(made, actor=cast.coordinator)
    assert after(made).taken_at is None


def test_files_of_an_earlier_version_are_sealed(cast: Cast, hoa: Person) -> None:
    made = ask(cast)
    plain = export_files.content(made)
    begin_registry()
    export_files.path_of(made.file).write_bytes(plain)
    Export.objects.update(file_key=None)
    made.refresh_from_db()
    assert export_files.content(made) == plain
    assert export_files.seal_old() == 1
    made.refresh_from_db()
    assert export_files.path_of(made.file).read_bytes().startswith(b"NCFILE")
    assert export_files.content(made) == plain


def test_who_is_restricted_leaves_the_files_that_wait(
    cast: Cast, hoa: Person, django_capture_on_commit_callbacks: object
) -> None:
    made = ask(cast)
    path = export_files.path_of(made.file)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        restrict_person(hoa, reason="Yêu cầu 3/YC", actor=cast.coordinator)
    assert not path.exists()
    ended = after(made)
    assert (ended.state, ended.ended_why, ended.file_key) == (Export.State.ENDED, "restricted", None)
    assert Notice.objects.filter(kind="registry.export_withdrawn", recipient=cast.coordinator).count() == 1
    assert not Recall.objects.exists()
    assert hoa.pk not in ask(cast).holds


def test_who_downloaded_it_and_the_data_officer_are_told_of_the_row(cast: Cast, hoa: Person) -> None:
    made = ask(cast)
    take_export(made, actor=cast.coordinator)
    restrict_person(hoa, reason="Yêu cầu 3/YC", actor=cast.coordinator)
    begin_registry()
    recall = Recall.objects.get()
    assert recall.line == 5 + made.holds.index(hoa.pk)
    assert Notice.objects.filter(kind="registry.recall", recipient=cast.second_coordinator).count() == 1
    set_identity(cast.second_coordinator.pk)
    with pytest.raises(Refused):
        tell_recipients(made, how=" ", actor=cast.second_coordinator)
    with pytest.raises(Http404):
        tell_recipients(made, how="CV 9", actor=cast.officer)
    set_identity(cast.second_coordinator.pk)
    assert tell_recipients(made, how="CV 9/SNgV ngày 24/11", actor=cast.second_coordinator) == 1
    with pytest.raises(Refused):
        tell_recipients(made, how="CV 9", actor=cast.second_coordinator)


def test_who_is_found_to_be_the_restricted_one_is_called_back_with_her(cast: Cast, hoa: Person) -> None:
    begin_registry()
    (again,) = from_list(cast, 1)
    made = ask(cast)
    take_export(made, actor=cast.coordinator)
    restrict_person(hoa, reason="Yêu cầu 3/YC", actor=cast.coordinator)
    begin_registry()
    assert [each.line for each in Recall.objects.all()] == [5 + made.holds.index(hoa.pk)]
    left, right = sorted((record_of(hoa).pk, record_of(again).pk))
    joined = Joined(hoa.pk, {again.pk: Found(left, right, 9.0)})
    carry_out(Grown([joined]), lambda pairs: [{"prior": -10.0, "parts": []} for _pair in pairs])
    begin_registry()
    assert {each.line for each in Recall.objects.all()} == {
        5 + made.holds.index(each.pk) for each in (hoa, again)
    }


def test_a_consent_that_ends_calls_back_the_files_for_its_purpose_alone(cast: Cast, hoa: Person) -> None:
    consent = agree(cast, hoa, Purpose.CONTACT)
    letters, checking = ask(cast), ask(cast, "check")
    withdraw_consent(consent, on=timezone.localdate(), how="Thư", actor=cast.coordinator)
    assert (after(letters).state, letters.ended_why) == (Export.State.ENDED, "withdrawn")
    assert after(checking).state == Export.State.READY
    assert hoa.pk not in ask(cast).holds
    assert hoa.pk in ask(cast, "check").holds


def test_without_the_consent_to_the_register_no_file_holds_her(cast: Cast, hoa: Person) -> None:
    consent = agree(cast, hoa, Purpose.REGISTER)
    made = ask(cast, "check")
    withdraw_consent(consent, on=timezone.localdate(), how="Thư", actor=cast.coordinator)
    assert after(made).state == Export.State.ENDED
    assert hoa.pk not in ask(cast, "check").holds


def test_of_an_erased_person_a_row_is_told_and_nothing_else_stays(
    cast: Cast, hoa: Person, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    made = ask(cast)
    workbook = take_export(made, actor=cast.coordinator)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_person(hoa, request="1/YC", ground="asked", actor=cast.coordinator)
    begin_registry()
    assert Recall.objects.get().why == Recall.Why.ERASED
    assert workbook not in on_disk(tmp_path)
    assert TOKEN.encode() not in on_disk(tmp_path)
    assert not list(export_files.folder().iterdir())
    said = [str(row) for row in Notice.objects.values_list()] + [str(row) for row in Recall.objects.values()]
    assert not [row for row in said if TOKEN in row]


def test_who_is_restricted_while_it_is_written_is_left_out(
    cast: Cast, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, times = export_jobs.workbook, []

    def slow(*args: object) -> bytes:
        made = real(*args)  # type: ignore[arg-type]
        if not times:
            begin_registry()
            with transaction.atomic():
                Person.objects.filter(pk=hoa.pk).update(restricted_at=timezone.now())
            set_identity(cast.coordinator.pk)
        times.append(1)
        return made

    monkeypatch.setattr(export_jobs, "workbook", slow)
    made = after(ask(cast))
    assert (made.state, len(times)) == (Export.State.READY, 2)
    assert hoa.pk not in made.holds
    assert [path.name for path in export_files.folder().iterdir()] == [made.file]


def test_the_pages_say_why_and_whom_to_tell(cast: Cast, hoa: Person, sign_in: SignedIn) -> None:
    made = ask(cast)
    take_export(made, actor=cast.coordinator)
    restrict_person(hoa, reason="Yêu cầu 3/YC", actor=cast.coordinator)
    page = sign_in("coordinator").get(f"/people-abroad/exports/{made.pk}/").content.decode()
    assert "/people-abroad/exports/new/" in page
    client = sign_in("second_coordinator")
    assert (
        f"/people-abroad/exports/{made.pk}/" in client.get("/people-abroad/exports/recalls/").content.decode()
    )
    told = f"/people-abroad/exports/{made.pk}/told/"
    assert client.post(told, {"how": ""}).status_code == 422
    assert client.post(told, {"how": "CV 9/SNgV"}).status_code == 302
    begin_registry()
    assert Recall.objects.standing().count() == 0


def test_a_lifted_time_of_files_is_not_touched(cast: Cast, hoa: Person) -> None:
    made = ask(cast)
    begin_registry()
    Export.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    export_jobs.end_exports(0)
    assert after(made).ended_why == Export.Why.OVER
