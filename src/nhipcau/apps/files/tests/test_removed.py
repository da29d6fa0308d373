"""Removed for good: the bytes, the name, and what an old backup brings back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.files import jobs, removed, store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.actions import confirm_set, name_set_phrase
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.actions import approve_document, match_phrase, remove_document
from nhipcau.apps.plans.actions.store_reading import store_reading
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, plan

SHA = "ab" * 32


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    return tmp_path


def put(cast: Cast) -> Document:
    """An upload with its bytes and its document."""
    path = store.path_of(SHA)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    upload, _made = Upload.objects.update_or_create(
        sha256=SHA,
        defaults={
            "size": 1,
            "name": "kế hoạch.docx",
            "state": Upload.State.KEPT,
            "created_by": cast.coordinator,
        },
    )
    return Document.objects.create(
        upload=upload, title="Kế hoạch", state=Document.State.DRAFT, created_by=cast.coordinator
    )


def restored(document: Document) -> None:
    """Make the upload as old as one in a backup from before every removal."""
    Upload.objects.filter(documents=document).update(created_at=timezone.now() - timedelta(days=1))


def put_again(cast: Cast) -> Document:
    """The same bytes once more, in an upload of their own, approved."""
    store.path_of(SHA).write_bytes(b"x")
    upload = Upload.objects.create(sha256=SHA, size=1, name="lại.docx", created_by=cast.coordinator)
    return Document.objects.create(
        upload=upload, title="Kế hoạch", state=Document.State.APPROVED, created_by=cast.coordinator
    )


@pytest.mark.django_db(transaction=True)
def test_what_was_uploaded_again_after_its_removal_survives_a_restore(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    again = put_again(cast)
    call_command("after_restore")
    again.refresh_from_db()
    assert (again.state, again.title) == (Document.State.APPROVED, "Kế hoạch")
    assert store.path_of(SHA).exists()
    remove_document(again, reason="Lại nhầm", actor=cast.coordinator)
    assert not store.path_of(SHA).exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_that_came_again_while_they_were_removed_stay(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    put_again(cast)
    removed.forget(SHA)
    assert store.path_of(SHA).exists()


@pytest.mark.django_db(transaction=True)
def test_a_plan_and_its_amendment_go_again_after_a_restore(cast: Cast, folder: Path) -> None:
    plan, other = put(cast), "cd" * 32
    Document.objects.filter(pk=plan.pk).update(state=Document.State.APPROVED)
    upload = Upload.objects.create(sha256=other, size=1, created_by=cast.coordinator)
    amendment = Document.objects.create(
        upload=upload, amends=plan, state=Document.State.APPROVED, created_by=cast.coordinator
    )
    removed.remember(other)
    removed.remember(SHA)
    call_command("after_restore")
    for document in (plan, amendment):
        document.refresh_from_db()
        assert document.state == Document.State.REMOVED


def test_a_line_cut_short_hides_no_other(folder: Path) -> None:
    removed.remember(SHA)
    for path in removed.paths():
        path.write_text(path.read_text()[:40])
    removed.remember("cd" * 32)
    assert set(removed.times()) == {"cd" * 32}


def test_the_hourly_sweep_adds_what_the_list_lacks(cast: Cast, folder: Path) -> None:
    now = timezone.now()
    states = (Upload.State.REMOVED, Upload.State.REFUSED, Upload.State.REFUSED, Upload.State.KEPT)
    for name, state, refusal in zip("abcd", states, ("", "secret", "damaged", ""), strict=True):
        Upload.objects.create(
            sha256=name * 64,
            size=0,
            state=state,
            refusal=refusal,
            removed_at=now if state == Upload.State.REMOVED else None,
            created_by=cast.coordinator,
        )
    jobs.sweep(0)
    assert set(removed.times()) == {"a" * 64, "b" * 64}
    assert removed.times()["a" * 64] == now
    assert removed.remember_missing() == 0


@pytest.mark.django_db(transaction=True)
def test_removal_leaves_time_user_and_hash(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    upload = Upload.objects.get()
    assert (upload.name, upload.size, upload.sha256) == ("", 0, SHA)
    assert upload.created_by == cast.coordinator
    assert upload.removed_at
    assert not store.path_of(SHA).exists()
    assert set(removed.times()) == {SHA}


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_does_not_bring_it_back(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    Document.objects.all().delete()
    restored(again := put(cast))
    call_command("after_restore")
    again.refresh_from_db()
    assert again.state == Document.State.REMOVED
    assert again.title == ""
    assert Upload.objects.get().state == Upload.State.REMOVED
    assert not store.path_of(SHA).exists()


@pytest.mark.django_db(transaction=True)
def test_on_another_machine_the_list_in_the_backup_is_enough(cast: Cast, folder: Path) -> None:
    again = put(cast)
    removed.remember(SHA)
    (folder / "removed.log").unlink()
    call_command("after_restore")
    again.refresh_from_db()
    assert again.state == Document.State.REMOVED


def test_a_file_that_was_not_removed_stays(cast: Cast, folder: Path) -> None:
    removed.remember("cd" * 32)
    put(cast)
    assert removed.remove_again() == 0
    assert store.path_of(SHA).exists()


# So written as no other text writes it.
GROUP = "CÁc HỘi, ĐOÀn Thể"


def read(cast: Cast, *agencies: str) -> Document:
    """A document whose task has these agencies, as its reading left it."""
    document = put(cast)
    Document.objects.filter(pk=document.pk).update(state=Document.State.READING)
    reading = plan(items=[Item("a)", "Chữ phải biến mất.", agencies=agencies)])
    return store_reading(document.pk, reading, actor=System("test-reader"))


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_words_stays_in_the_record(cast: Cast, folder: Path, approved: bool) -> None:
    """Neither in the rows that triggers wrote, nor in the events of the actions."""
    document = read(cast, GROUP, "các Sở biến mất")
    department = cast.department_a
    match_phrase(document, "các Sở biến mất", department, actor=cast.coordinator)
    if approved:
        approve_document(document, revision=1, actor=cast.coordinator)
    remove_document(document, reason="Tải nhầm", actor=cast.coordinator)
    assert not OrganisationSet.objects.filter(name__startswith="CÁc").exists()
    with connection.cursor() as cursor:
        for word in ("biến mất", "HỘi, ĐOÀn", "cac hoi, doan the"):
            cursor.execute("select count(*) from audit_event e where e::text like %s", [f"%{word}%"])
            assert cursor.fetchone() == (0,)
        for table in ("orgs_organisationset", "orgs_setphrase", "plans_reportingduty", "plans_document"):
            cursor.execute(f"select count(*) from {table} t where t::text ilike '%%hội, đoàn th%%'")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_group_that_another_document_names_stays(cast: Cast, folder: Path) -> None:
    """By its own phrase: the group's name is no longer the removed one's."""
    first = read(cast, GROUP)
    group = OrganisationSet.objects.get(phrases__phrase=GROUP)
    other = drafted(cast, plan(items=[Item("a)", "Báo cáo.", agencies=("các đoàn thể, các hội",))]))
    assert set(other.drafts.get().assignments.values_list("set", flat=True)) == {group.pk}
    remove_document(first, reason="Tải nhầm", actor=cast.coordinator)
    group.refresh_from_db()
    assert (group.name, [each.phrase for each in group.phrases.all()]) == (
        "Các đoàn thể, các hội",
        ["các đoàn thể, các hội"],
    )


@pytest.mark.django_db(transaction=True)
def test_a_phrase_that_somebody_named_stays(cast: Cast, folder: Path) -> None:
    first = read(cast, GROUP)
    group = OrganisationSet.objects.get(phrases__phrase=GROUP)
    confirm_set(group, actor=cast.coordinator, name="Hội và đoàn thể")
    name_set_phrase(group, GROUP, actor=cast.coordinator)
    remove_document(first, reason="Tải nhầm", actor=cast.coordinator)
    assert group.phrases.get().phrase == GROUP
