"""Files that go with something else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.http import Http404
from tests.cast import Cast

from nhipcau.apps.files import store
from nhipcau.apps.files.actions import AttachmentRefused, attach_file
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.sending import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


def word(*paragraphs: str) -> io.BytesIO:
    made, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(out)
    out.seek(0)
    return out


def test_the_same_bytes_are_kept_once_and_come_back_as_they_were(cast: Cast) -> None:
    first = attach_file(io.BytesIO("Biên bản họp".encode()), "biên bản.txt", actor=cast.officer)
    second = attach_file(io.BytesIO("Biên bản họp".encode()), "ban-sao.txt", actor=cast.commune_officer)

    assert first == second
    answer = send(first)
    assert b"".join(answer).decode() == "Biên bản họp"  # type: ignore[arg-type]
    answer.file_to_stream.close()  # `close` of the answer would end the connection too
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"

    Upload.objects.update(state=Upload.State.REMOVED)
    with pytest.raises(Http404):
        send(Upload.objects.get())


@pytest.mark.parametrize("name", ["trang.html", "chay.exe", "trong.txt"])
def test_what_the_gate_refuses_leaves_no_upload(cast: Cast, name: str) -> None:
    bad = {"trang.html": b"<html><script>1</script></html>", "chay.exe": b"MZ\x90\x00", "trong.txt": b""}
    with pytest.raises(AttachmentRefused) as refused:
        attach_file(io.BytesIO(bad[name]), name, actor=cast.officer)
    assert refused.value.message()
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_with_a_secrecy_mark_leaves_time_user_and_hash_alone(cast: Cast) -> None:
    paper = ("MẬT", "Số: 12/BC-SNV", "BÁO CÁO")
    for _again in range(2):
        with pytest.raises(AttachmentRefused) as refused:
            attach_file(word(*paper), "bao-cao.docx", actor=cast.officer)
        assert refused.value.reason.code == "secret"
    kept = Upload.objects.first()
    assert kept is not None
    assert (kept.state, kept.name, kept.created_by) == (Upload.State.REFUSED, "", cast.officer)
    assert not store.path_of(kept.sha256).exists()
