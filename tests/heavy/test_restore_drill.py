"""The restore drill: an instance is backed up, lost, put back, and compared; bad backups are refused."""

from __future__ import annotations

import io
import json
import tarfile

import psycopg
import pytest

from nhipcau.cli.archive import DUMP, MANIFEST
from nhipcau.embedded import ensure_server

pytestmark = pytest.mark.heavy
SHA = "ab" * 32
KEPT = f"files/ab/{SHA}"
UPLOAD = f"""
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload

with acting(System("drill")):
    user = User.objects.create(email="drill@example.vn", full_name="Lê Thị Thử")
    Upload.objects.create(sha256="{SHA}", size=6, name="ke-hoach.txt", created_by=user)
"""


@pytest.fixture(scope="module")
def backed_up(instance, open_folder):
    """An instance with tables, one row more than the migrations wrote and one file; and its backup."""
    run = instance("first")
    migrated = run("manage", "migrate", "--no-input")
    assert migrated.returncode == 0, migrated.stderr
    server = ensure_server(open_folder / "first")
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE drill (word text)")
        connection.execute("INSERT INTO drill VALUES ('Nhịp Cầu')")
    uploaded = run("manage", "shell", "-c", UPLOAD)
    assert uploaded.returncode == 0, uploaded.stderr
    kept = open_folder / "first" / KEPT
    kept.parent.mkdir(parents=True)
    kept.write_text("Điều 1", encoding="utf-8")
    (kept.parent / ("cd" * 32)).write_text("Điều 2", encoding="utf-8")
    file = open_folder / "backup.tar"
    done = run("backup", file)
    assert done.returncode == 0, done.stderr
    return run, file


def words(place):
    with psycopg.connect(ensure_server(place).owner_url) as connection:
        return connection.execute("SELECT word FROM drill").fetchall()


def test_a_lost_instance_comes_back_row_by_row_and_file_by_file(backed_up, instance, open_folder):
    _, file = backed_up
    run = instance("second")

    done = run("restore", file)

    assert done.returncode == 0, done.stderr
    assert "Restored and compared" in done.stdout
    assert words(open_folder / "second") == [("Nhịp Cầu",)]
    kept = open_folder / "second" / KEPT
    assert kept.read_text(encoding="utf-8") == "Điều 1"
    assert list(kept.parent.iterdir()) == [kept], "what no upload left is no part of a backup"
    assert run("manage", "migrate", "--check").returncode == 0
    again = open_folder / "again.tar"
    assert run("backup", again).returncode == 0
    assert manifest_of(again)["tables"] == manifest_of(file)["tables"]


def manifest_of(file):
    with tarfile.open(file) as tar:
        return json.load(tar.extractfile(MANIFEST))


def test_data_that_are_there_are_replaced_only_when_asked(backed_up, open_folder):
    run, file = backed_up
    with psycopg.connect(ensure_server(open_folder / "first").owner_url) as connection:
        connection.execute("INSERT INTO drill VALUES ('later')")

    refused = run("restore", file)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert len(words(open_folder / "first")) == 2

    forced = run("restore", "--force", file)
    assert forced.returncode == 0, forced.stderr
    assert words(open_folder / "first") == [("Nhịp Cầu",)]


def test_a_backup_is_never_overwritten(backed_up):
    run, file = backed_up
    before = file.read_bytes()
    done = run("backup", file)
    assert done.returncode == 1
    assert file.read_bytes() == before


def test_a_backup_can_be_read_by_its_owner_alone(backed_up):
    _, file = backed_up
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.glob(".*")] == []


@pytest.mark.parametrize("harm", ["cut", "changed", "added", "not a backup"])
def test_a_harmed_backup_is_refused_before_anything_is_touched(backed_up, open_folder, harm):
    run, file = backed_up
    harmed = open_folder / "harmed.tar"
    content = file.read_bytes()
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "changed":
        middle = content.index("Điều 1".encode())
        content = content[:middle] + b"X" + content[middle + 1 :]
    elif harm == "not a backup":
        content = b"Kinh gui: UBND tinh"
    harmed.write_bytes(content)
    if harm == "added":
        with tarfile.open(harmed, "a") as tar:
            entry = tarfile.TarInfo("../../etc/passwd")
            entry.size = 1
            tar.addfile(entry, io.BytesIO(b"x"))

    done = run("restore", "--force", harmed)

    assert done.returncode == 1
    assert "not a whole backup" in done.stderr
    assert words(open_folder / "first") == [("Nhịp Cầu",)]


def test_a_backup_of_a_newer_version_is_refused(backed_up, instance, open_folder):
    _, file = backed_up
    newer = open_folder / "newer.tar"
    manifest = manifest_of(file)
    manifest["migrations"].append("plans.9999_from_the_future")
    with tarfile.open(file) as old, tarfile.open(newer, "w") as new:
        for entry in old:
            text = json.dumps(manifest).encode() if entry.name == MANIFEST else old.extractfile(entry).read()
            entry.size = len(text)
            new.addfile(entry, io.BytesIO(text))
    done = instance("third")("restore", newer)
    assert done.returncode == 1
    assert "upgrade first" in done.stderr


def test_the_dump_is_first_and_the_manifest_last(backed_up):
    _, file = backed_up
    with tarfile.open(file) as tar:
        names = tar.getnames()
    assert (names[0], names[-1]) == (DUMP, MANIFEST)
