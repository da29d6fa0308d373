"""From a file to drafts: the gate, the same bytes twice, refusals that keep nothing, the job."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.cast import Cast, make_cast

from nhipcau.apps.audit.models import Event
from nhipcau.apps.files import jobs as files_jobs
from nhipcau.apps.files import store
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.files.receiving import ScratchFileUploadHandler
from nhipcau.apps.plans import jobs
from nhipcau.apps.plans.actions import approve_document, remove_document, upload_document
from nhipcau.apps.plans.models import Citation, Document, DraftTask, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import plan
from nhipcau.apps.plans.uploads import message_of
from nhipcau.core.planreader.refusal import Refusal

TEXT = "ỦY BAN NHÂN DÂN\nKẾ HOẠCH\nSở Công Thương chủ trì lập danh mục dự án.\n".encode()
SECRET_TEXT = "MẬT\nỦY BAN NHÂN DÂN\nKẾ HOẠCH\nBí danh Sao Mai.\n".encode()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.JOBS_INLINE = True
    return tmp_path / "files"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The reader's answer without its child process; the names of the files it was asked about."""
    asked: list[str] = []

    def read(path: Path, filename: str | None = None, **_where: Path) -> dict[str, Any]:
        asked.append(filename or path.name)
        if path.read_bytes().startswith("MẬT".encode()):
            raise Refusal("secret", mark="MẬT")
        return plan()

    monkeypatch.setattr(jobs, "read_in_child", read)
    yield asked


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_becomes_a_draft(cast: Cast, reader: list[str], folder: Path) -> None:
    document = upload_document(io.BytesIO(TEXT), "kế hoạch.txt", actor=cast.coordinator)
    assert (document.state, document.number, document.drafts.count()) == ("draft", "38/KH-UBND", 3)
    assert reader == ["kế hoạch.txt"]
    work = LongWork.objects.get()
    assert (work.state, work.done, work.owner) == ("done", work.total, cast.coordinator)
    assert [path.read_bytes() for path in files_in(folder)] == [TEXT]


def test_the_job_is_deferred_in_the_same_transaction(
    cast: Cast, settings: Settings, reader: list[str]
) -> None:
    settings.JOBS_INLINE = False
    document = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs")
        rows = cursor.fetchall()
    assert [row[0] for row in rows] == ["plans.read_document"]
    assert (document.state, reader) == ("reading", [])
    jobs.read_document(document.pk)
    jobs.read_document(document.pk)
    assert Document.objects.get().state == "draft"
    assert len(reader) == 1


def test_the_same_bytes_lead_to_the_first_document(cast: Cast, reader: list[str], folder: Path) -> None:
    first = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    second = upload_document(io.BytesIO(TEXT), "b.txt", actor=cast.second_coordinator)
    assert second == first
    assert len(reader) == len(files_in(folder)) == 1


def test_a_file_the_gate_refuses_is_recorded_with_its_reason_and_not_kept(
    cast: Cast, reader: list[str], folder: Path
) -> None:
    document = upload_document(io.BytesIO(b"MZ\x90\x00" + bytes(500)), "a.exe", actor=cast.coordinator)
    assert document.state == Document.State.REFUSED
    assert document.refusal is not None
    assert document.upload is not None
    assert document.upload.refusal == document.refusal["code"] == "type"
    for language in ("vi", "en"):
        with translation.override(language):
            assert message_of(document)
    assert (reader, files_in(folder)) == ([], [])


def test_an_empty_file_is_refused(cast: Cast, reader: list[str]) -> None:
    document = upload_document(io.BytesIO(b""), "a.txt", actor=cast.coordinator)
    assert (document.refusal or {})["code"] == "empty"


def test_of_a_state_secret_only_time_user_and_hash_remain(
    cast: Cast,
    reader: list[str],
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = upload_document(io.BytesIO(SECRET_TEXT), "Sao Mai.txt", actor=cast.coordinator)
    assert document.state == Document.State.REFUSED
    upload = Upload.objects.get()
    assert upload.sha256 == hashlib.sha256(SECRET_TEXT).hexdigest()
    assert (upload.name, upload.size, upload.state, upload.created_by) == ("", 0, "refused", cast.coordinator)
    assert (document.title, document.reading, files_in(folder)) == ("", None, [])
    kept = " ".join(map(str, Document.objects.values_list())) + " ".join(
        map(str, Event.objects.values_list())
    )
    assert "Sao Mai" not in kept
    again = upload_document(io.BytesIO(SECRET_TEXT), "khác.txt", actor=cast.coordinator)
    assert (again.state, len(reader)) == ("refused", 1)


def test_a_file_that_could_not_be_read_is_tried_again(
    cast: Cast, reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    working = jobs.read_in_child

    def fail(path: Path, filename: str | None = None, **_where: Path) -> dict[str, Any]:
        raise Refusal("needs-ocr")

    monkeypatch.setattr(jobs, "read_in_child", fail)
    first = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    assert (first.state, LongWork.objects.get().state) == ("refused", "failed")
    monkeypatch.setattr(jobs, "read_in_child", working)
    second = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    assert (second.pk, second.state, second.refusal) == (first.pk, "draft", None)


def test_only_coordinators_upload(cast: Cast) -> None:
    for name in ("officer", "leader", "reader", "system_admin"):
        with pytest.raises(PermissionDenied):
            upload_document(io.BytesIO(TEXT), "a.txt", actor=getattr(cast, name))
    assert not Upload.objects.exists()


def test_only_an_approved_plan_is_amended(cast: Cast, document: Document) -> None:
    with pytest.raises(Refused) as refused:
        upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=document)
    assert refused.value.code == "amended-unapproved"


def test_the_real_reader_reads_a_text(cast: Cast) -> None:
    document = upload_document(io.BytesIO(TEXT * 3), "thật.txt", actor=cast.coordinator)
    assert document.state == Document.State.DRAFT
    assert "danh mục" in document.text


def test_a_removed_document_leaves_time_user_and_hash(
    cast: Cast,
    reader: list[str],
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    document = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    approve_document(document, revision=0, actor=cast.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            remove_document(document, reason="Tải nhầm", actor=cast.coordinator)
    document.refresh_from_db()
    assert (document.state, document.reading, document.title, document.number) == ("removed", None, "", "")
    assert (document.removed_by, Upload.objects.get().state) == (cast.coordinator, "removed")
    assert [model.objects.count() for model in (Task, DraftTask, Citation)] == [0, 0, 0]
    assert files_in(folder) == []
    assert store.path_of(hashlib.sha256(TEXT).hexdigest()).exists() is False
    again = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    assert (again.state, again.pk != document.pk) == ("draft", True)


def test_removing_needs_a_reason_and_a_coordinator(cast: Cast, document: Document) -> None:
    with pytest.raises(Refused):
        remove_document(document, reason=" ", actor=cast.coordinator)
    approve_document(document, revision=0, actor=cast.coordinator)
    with pytest.raises(PermissionDenied):
        remove_document(document, reason="x", actor=cast.leader)
    assert drafted(cast, number="2").state == "draft"


def test_what_is_under_way_lies_in_the_data_folder_alone_and_is_swept(cast: Cast, tmp_path: Path) -> None:
    handler = ScratchFileUploadHandler()
    handler.new_file("file", "kế hoạch.docx", "application/octet-stream", 9, None)
    place = tmp_path / "tmp"
    assert Path(handler.file.temporary_file_path()).parent == place
    assert place.stat().st_mode & 0o777 == 0o700
    (place / "nhipcau-office-x").mkdir()
    (place / "nhipcau-office-x" / "in.doc").write_bytes(b"x")
    (place / "left.upload").write_bytes(b"x")
    files_jobs.sweep(0)
    assert len(list(place.iterdir())) == 3
    for path in (place / "nhipcau-office-x", place / "left.upload"):
        os.utime(path, (0, 0))
    files_jobs.sweep(0)
    assert [str(path) for path in place.iterdir()] == [handler.file.temporary_file_path()]
    handler.file.close()


def test_the_same_bytes_are_no_amendment_in_silence(cast: Cast, reader: list[str]) -> None:
    first = drafted(cast, number="12")
    approve_document(first, revision=0, actor=cast.coordinator)
    first.refresh_from_db()
    plain = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    with pytest.raises(Refused) as refused, translation.override("en"):
        upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=first)
    assert refused.value.code == "here-already"
    with translation.override("en"):
        assert "38/KH-UBND" in refused.value.message()
    remove_document(plain, reason="Tải nhầm", actor=cast.coordinator)
    made = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=first)
    assert made.amends == first
    assert upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=first) == made
    approve_document(made, revision=0, actor=cast.coordinator)
    assert upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=first) == made


def test_a_file_that_could_not_be_read_becomes_the_amendment_it_is_said_to_be(
    cast: Cast, reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drafted(cast, number="12")
    approve_document(first, revision=0, actor=cast.coordinator)
    first.refresh_from_db()
    real = jobs.store_reading
    monkeypatch.setattr(jobs, "store_reading", lambda *_a, **_k: 1 // 0)
    assert upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator).state == "refused"
    monkeypatch.setattr(jobs, "store_reading", real)
    again = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator, amends=first)
    assert (again.state, again.amends) == ("draft", first)


def test_what_a_killed_upload_left_is_swept(cast: Cast, reader: list[str], folder: Path) -> None:
    upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    orphan = store.path_of("0" * 64)
    orphan.parent.mkdir(parents=True)
    for path in (orphan, folder / "incoming-x"):
        path.write_bytes(b"x")
    files_jobs.sweep(0)
    assert len(files_in(folder)) == 3
    for path in files_in(folder):
        os.utime(path, (0, 0))
    files_jobs.sweep(0)
    assert [path.read_bytes() for path in files_in(folder)] == [TEXT]


def test_a_reading_that_cannot_be_stored_is_refused_and_nobody_waits_for_ever(
    cast: Cast, reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = jobs.store_reading
    monkeypatch.setattr(jobs, "store_reading", lambda *_a, **_k: 1 // 0)
    document = upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator)
    assert (document.state, LongWork.objects.get().state) == ("refused", "failed")
    assert message_of(document)
    monkeypatch.setattr(jobs, "store_reading", real)
    assert upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator).state == "draft"


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_once_are_one_document(reader: list[str]) -> None:
    cast = make_cast()
    barrier, found = Barrier(2), []

    def upload() -> None:
        barrier.wait()
        found.append(upload_document(io.BytesIO(TEXT), "a.txt", actor=cast.coordinator).pk)
        connection.close()

    threads = [Thread(target=upload) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Document.objects.get().pk] * 2
    assert len(reader) == 1
