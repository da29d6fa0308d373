"""The restore drill: an instance is backed up, lost, put back, and compared; bad backups are refused."""

from __future__ import annotations

import io
import json
import shutil
import tarfile

import psycopg
import pytest

from nhipcau.cli import envelope
from nhipcau.cli.archive import DUMP, MANIFEST, RING
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
NUMBERS = 1200
NUMBER = "001085000123"
PEOPLE = f"""
from datetime import date
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.access.keyring import key_ring, new_rows
from nhipcau.apps.registry.models import IdentityNumber, Membership, Person, RunningSource, SourceRecord
from nhipcau.apps.registry.numbers import SEALED, keep, understood

with acting(System("drill")):
    user = User.objects.get(email="drill@example.vn")
    source = RunningSource.objects.create(name="Sổ", kind=RunningSource.Kind.ASSOCIATION, created_by=user)
    record = SourceRecord.objects.create(
        origin="paper", running_source=source, sender=Organisation.objects.create(realm="agency"),
        stated_on=date(2026, 6, 30), made_by=user, name="Nguyễn Thị Hoa",
    )
    Membership.objects.create(person=Person.objects.create(), record=record, by="first")
    keep(record, understood("{NUMBER}"))
    ring = key_ring()
    for row in new_rows(IdentityNumber, {NUMBERS - 1}):
        text = f"S{{row}}"
        sealed, digest = SEALED.seal(ring, row, text), SEALED.index_of(ring, "other", text)
        IdentityNumber.objects.create(id=row, record=record, kind="other", sealed=sealed, digest=digest)
"""
READ = """
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.models import SourceRecord
from nhipcau.apps.registry.numbers import opened, persons_with

with acting(System("drill")):
    records = SourceRecord.objects.filter(memberships__person__in=persons_with("0010 8500 0123"))
    print([number for _kind, number in opened(records) if not number.startswith("S")])
"""


@pytest.fixture(scope="module")
def secret_key(open_folder):
    """Where the IT officer keeps it: away from every instance."""
    return open_folder / "safe" / "key.txt"


@pytest.fixture(scope="module")
def backed_up(instance, open_folder, secret_key):
    """An instance with tables, one row more than the migrations wrote, a file, sealed numbers; its backup."""
    run = instance("first")
    migrated = run("manage", "migrate", "--no-input")
    assert migrated.returncode == 0, migrated.stderr
    server = ensure_server(open_folder / "first")
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE drill (word text)")
        connection.execute("INSERT INTO drill VALUES ('Nhịp Cầu')")
    for script in (UPLOAD, PEOPLE):
        done = run("manage", "shell", "-c", script)
        assert done.returncode == 0, done.stderr
    kept = open_folder / "first" / KEPT
    kept.parent.mkdir(parents=True)
    kept.write_text("Điều 1", encoding="utf-8")
    (kept.parent / ("cd" * 32)).write_text("Điều 2", encoding="utf-8")
    file = open_folder / "backup.tar.age"
    refused = run("backup", file)
    assert refused.returncode == 1
    assert "backup-keys new" in refused.stderr
    assert not file.exists()
    assert run("backup-keys", "new", secret_key).returncode == 0
    done = run("backup", file)
    assert done.returncode == 0, done.stderr
    assert "Encrypted to 1" in done.stdout
    return run, file


@pytest.fixture(scope="module")
def in_the_clear(backed_up, open_folder):
    """A backup that was asked for in the clear."""
    run, _ = backed_up
    file = open_folder / "plain.tar"
    done = run("backup", "--not-encrypted-readable-by-whoever-has-it", file)
    assert done.returncode == 0, done.stderr
    assert "NOT encrypted" in done.stdout
    assert "not in it" in done.stdout
    return file


def words(place):
    with psycopg.connect(ensure_server(place).owner_url) as connection:
        return connection.execute("SELECT word FROM drill").fetchall()


def test_a_lost_instance_comes_back_row_by_row_and_file_by_file(backed_up, instance, open_folder, secret_key):
    _, file = backed_up
    run = instance("second")

    done = run("restore", "--identity", secret_key, file)

    assert done.returncode == 0, done.stderr
    assert "Restored and compared" in done.stdout
    assert words(open_folder / "second") == [("Nhịp Cầu",)]
    kept = open_folder / "second" / KEPT
    assert kept.read_text(encoding="utf-8") == "Điều 1"
    assert list(kept.parent.iterdir()) == [kept], "what no upload left is no part of a backup"
    assert run("manage", "migrate", "--check").returncode == 0
    assert f"{NUMBERS} cells opened, 0 do not open" in run("keys", "check").stdout
    assert run("manage", "shell", "-c", READ).stdout.strip().endswith(f"['{NUMBER}']")
    ring = open_folder / "second" / "keys" / "ring.json"
    assert ring.stat().st_mode & 0o777 == 0o600
    again = open_folder / "again.tar.age"
    assert run("backup-keys", "add", public_key(secret_key)).returncode == 0
    assert run("backup", again).returncode == 0
    before, after = (manifest_of(each, secret_key)["tables"] for each in (file, again))
    # Restoring writes down that no mail of the days before is to be made again, and that is an event.
    noted = {"notices_digestrun": 1, "audit_event": 1}
    assert after == {name: count + noted.get(name, 0) for name, count in before.items()}


def members_of(file, secret_key):
    """Name and content of all that a backup holds."""
    with (
        envelope.opened(file, envelope.identities_of(secret_key)) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def manifest_of(file, secret_key):
    return json.loads(members_of(file, secret_key)[MANIFEST])


def public_key(secret_key):
    return str(envelope.identities_of(secret_key)[0].to_public())


def test_whoever_finds_a_backup_reads_nothing_in_it(backed_up, secret_key):
    run, file = backed_up
    content = file.read_bytes()
    for word in ("Điều 1", "Nhịp Cầu", "drill@example.vn", "ring.json", "nhipcau-keys/1", DUMP):
        assert word.encode() not in content
    assert b"nhipcau-keys/1" in members_of(file, secret_key)[RING]
    refused = run("restore", "--verify-only", file)
    assert refused.returncode == 1
    assert "--identity FILE" in refused.stderr
    assert run("restore", "--verify-only", "--identity", secret_key, file).returncode == 0


def test_another_secret_key_opens_nothing_and_touches_nothing(backed_up, open_folder):
    run, file = backed_up
    other = open_folder / "safe" / "other.txt"
    assert run("backup-keys", "new", other).returncode == 0
    refused = run("restore", "--force", "--identity", other, file)
    assert refused.returncode == 1
    assert "does not open" in refused.stderr
    assert words(open_folder / "first") == [("Nhịp Cầu",)]


def test_in_the_clear_there_are_no_keys_and_it_is_refused_where_they_are_not(
    in_the_clear, instance, open_folder, secret_key
):
    assert RING not in members_of(in_the_clear, secret_key)
    run = instance("keyless")
    refused = run("restore", in_the_clear)
    assert refused.returncode == 1
    assert "neither in it nor in" in refused.stderr
    ring = open_folder / "keyless" / "keys" / "ring.json"
    ring.parent.mkdir(mode=0o700)
    shutil.copy2(open_folder / "first" / "keys" / "ring.json", ring)
    done = run("restore", in_the_clear)
    assert done.returncode == 0, done.stderr
    assert run("manage", "shell", "-c", READ).stdout.strip().endswith(f"['{NUMBER}']")


def test_with_its_keys_lost_for_good_the_people_come_back_without_their_numbers(in_the_clear, instance):
    run = instance("lost")
    done = run("restore", "--keys-lost", in_the_clear)
    assert done.returncode == 0, done.stderr
    checked = run("keys", "check")
    assert checked.returncode == 1
    assert f"{NUMBERS} rows do not open" in checked.stderr
    assert "missing from the ring" in checked.stdout


def test_new_keys_do_not_hide_that_the_old_ones_are_gone(backed_up, open_folder):
    run, _ = backed_up
    ring = open_folder / "first" / "keys" / "ring.json"
    aside = ring.with_name("aside")
    ring.rename(aside)
    try:
        refused = run("prepare")
        assert refused.returncode == 1
        assert "keys/ring.json" in refused.stderr
        assert not ring.exists()
    finally:
        aside.rename(ring)


def test_a_backup_from_before_new_keys_is_readable_after_them(backed_up, instance, open_folder, secret_key):
    _, file = backed_up
    run = instance("rotated")
    assert run("restore", "--identity", secret_key, file).returncode == 0
    assert run("keys", "new").returncode == 0
    moved = run("keys", "rotate")
    assert f"{NUMBERS} rows moved" in moved.stdout, moved.stderr
    before = run("keys", "list").stdout
    done = run("restore", "--force", "--identity", secret_key, file)
    assert done.returncode == 0, done.stderr
    assert run("manage", "shell", "-c", READ).stdout.strip().endswith(f"['{NUMBER}']")
    current = [line.split()[0] for line in before.splitlines() if "current" in line]
    after = [line.split()[0] for line in run("keys", "list").stdout.splitlines() if "current" in line]
    assert current == after, "the keys of the machine stay current"
    assert run("keys", "rotate").returncode == 0
    assert run("manage", "shell", "-c", READ).stdout.strip().endswith(f"['{NUMBER}']")


def test_data_that_are_there_are_replaced_only_when_asked(backed_up, open_folder, secret_key):
    run, file = backed_up
    with psycopg.connect(ensure_server(open_folder / "first").owner_url) as connection:
        connection.execute("INSERT INTO drill VALUES ('later')")

    refused = run("restore", "--identity", secret_key, file)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert len(words(open_folder / "first")) == 2

    forced = run("restore", "--force", "--identity", secret_key, file)
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


@pytest.mark.parametrize("harm", ["cut", "changed", "not a backup", "added"])
def test_a_harmed_backup_is_refused_before_anything_is_touched(
    backed_up, in_the_clear, open_folder, secret_key, harm
):
    run, file = backed_up
    harmed = open_folder / "harmed"
    content = file.read_bytes()
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "changed":
        middle = len(content) // 2
        content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    elif harm == "not a backup":
        content = b"Kinh gui: UBND tinh"
    else:
        content = in_the_clear.read_bytes()
    harmed.write_bytes(content)
    if harm == "added":
        with tarfile.open(harmed, "a") as tar:
            entry = tarfile.TarInfo("../../etc/passwd")
            entry.size = 1
            tar.addfile(entry, io.BytesIO(b"x"))

    done = run("restore", "--force", "--identity", secret_key, harmed)

    assert done.returncode == 1
    assert "not a whole backup" in done.stderr
    assert words(open_folder / "first") == [("Nhịp Cầu",)]


def test_a_backup_of_a_newer_version_is_refused(backed_up, instance, open_folder, secret_key):
    _, file = backed_up
    newer = open_folder / "newer.tar"
    members = members_of(file, secret_key)
    manifest = json.loads(members[MANIFEST])
    manifest["migrations"].append("plans.9999_from_the_future")
    members[MANIFEST] = json.dumps(manifest).encode()
    with tarfile.open(newer, "w") as new:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))
    done = instance("third")("restore", newer)
    assert done.returncode == 1
    assert "upgrade first" in done.stderr


def test_the_dump_is_first_and_the_manifest_last(backed_up, secret_key):
    _, file = backed_up
    names = list(members_of(file, secret_key))
    assert (names[0], names[-1]) == (f"{DUMP}/000001", MANIFEST)
