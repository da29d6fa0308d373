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

from nhipcau.apps.files import jobs, removed, store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.actions import remove_document
from nhipcau.apps.plans.models import Document

SHA = "ab" * 32


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
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


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_words_stays_in_the_record(cast: Cast, folder: Path) -> None:
    """Neither in the rows that triggers wrote, nor in the events of the actions."""
    document = put(cast)
    Document.objects.filter(pk=document.pk).update(
        title="Chữ phải biến mất", reading={"text": "Chữ phải biến mất"}
    )
    document.refresh_from_db()
    remove_document(document, reason="Tải nhầm", actor=cast.coordinator)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_event e where e::text like '%biến mất%'")
        assert cursor.fetchone() == (0,)
