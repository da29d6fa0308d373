"""Removed for good: the bytes, the name, and what an old backup brings back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from tests.cast import Cast

from nhipcau.apps.files import removed, store
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


@pytest.mark.django_db(transaction=True)
def test_removal_leaves_time_user_and_hash(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    upload = Upload.objects.get()
    assert (upload.name, upload.size, upload.sha256) == ("", 0, SHA)
    assert upload.created_by == cast.coordinator
    assert upload.removed_at
    assert not store.path_of(SHA).exists()
    assert removed.hashes() == {SHA}


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_does_not_bring_it_back(cast: Cast, folder: Path) -> None:
    remove_document(put(cast), reason="Tải nhầm", actor=cast.coordinator)
    Document.objects.all().delete()
    again = put(cast)
    call_command("after_restore")
    again.refresh_from_db()
    assert again.state == Document.State.REMOVED
    assert again.title == ""
    assert Upload.objects.get().state == Upload.State.REMOVED
    assert not store.path_of(SHA).exists()


@pytest.mark.django_db(transaction=True)
def test_on_another_machine_the_list_in_the_backup_is_enough(cast: Cast, folder: Path) -> None:
    removed.remember(SHA)
    (folder / "removed.log").unlink()
    again = put(cast)
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
