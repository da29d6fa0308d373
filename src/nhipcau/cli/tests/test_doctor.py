"""The doctor names what is missing, what that costs, and fails only for what is needed."""

from __future__ import annotations

import shutil
import sys

import pytest
from pyrage.x25519 import Identity

from nhipcau.cli import backupkeys, doctor, envelope
from nhipcau.cli.doctor import Finding
from nhipcau.cli.ringplace import ring_at_hand
from nhipcau.core.sealing import Purpose


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """An instance of its own, in English, with no server configured."""
    for name in (
        "DATABASE_URL",
        "NHIPCAU_OWNER_DATABASE_URL",
        "NHIPCAU_MODE",
        "NHIPCAU_KEY_RING",
        "NHIPCAU_BACKUP_RECIPIENTS",
        "LC_ALL",
        "LC_MESSAGES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NHIPCAU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def bare(monkeypatch):
    """A machine on which no program is found."""
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.parametrize("check", [doctor.tesseract, doctor.libreoffice, doctor.fonts, doctor.chromium])
def test_what_is_only_useful_is_told_with_its_cost_and_how_to_get_it(bare, check):
    finding = check()
    assert finding.level == "useful"
    assert finding.cost
    assert finding.remedy.startswith("apt-get install")


def test_the_embedded_server_is_enough():
    assert doctor.database().level == "ok"


def test_a_server_that_cannot_be_reached_is_needed(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://x@/y?host={tmp_path}")
    assert doctor.database().level == "needed"


def test_a_full_disk_is_needed_room(monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1000))
    assert doctor.data_folder().level == "needed"


def test_an_instance_for_work_needs_its_key(monkeypatch):
    monkeypatch.setenv("NHIPCAU_MODE", "production")
    monkeypatch.delenv("NHIPCAU_SECRET_KEY", raising=False)
    finding = doctor.mode()
    assert finding.level == "needed"
    assert "NHIPCAU_SECRET_KEY" in finding.fact


@pytest.mark.parametrize(("level", "code"), [("ok", 0), ("useful", 0), ("needed", 1)])
def test_only_what_is_needed_fails(monkeypatch, capsys, level, code):
    monkeypatch.setattr(doctor, "CHECKS", (lambda: Finding(level, "thing", "fact", "cost", "remedy"),))
    assert doctor.run([]) == code
    assert "remedy" in capsys.readouterr().out


def test_it_speaks_vietnamese(monkeypatch, bare):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert doctor.tesseract().fact == "không có"


def test_python_is_told():
    assert doctor.python().fact in sys.version


def test_a_training_copy_is_told(monkeypatch):
    assert doctor.training().fact == "no"
    monkeypatch.setenv("NHIPCAU_TRAINING", "1")
    assert "no mail leaves it" in doctor.training().fact


def test_the_keys_of_sealed_cells_are_told_and_must_be_closed_to_others():
    file = ring_at_hand()
    assert doctor.keys().level == "useful"
    file.make()
    found = doctor.keys()
    assert found.level == "ok"
    assert file.ring().current(Purpose.CELLS).id in found.fact
    file.path.chmod(0o644)
    found = doctor.keys()
    assert (found.level, found.remedy) == ("needed", f"chmod 600 {file.path}")
    file.path.chmod(0o600)
    file.path.write_bytes(b"{}")
    assert doctor.keys().level == "needed"


def test_backups_need_a_public_key_that_no_stranger_can_change():
    assert doctor.backup_keys().level == "useful"
    path = envelope.recipients_path()
    backupkeys.add(str(Identity.generate().to_public()), "két")
    assert doctor.backup_keys().level == "ok"
    path.chmod(0o666)
    assert doctor.backup_keys().level == "needed"
    path.write_text("age1junk\n", encoding="utf-8")
    assert doctor.backup_keys().level == "needed"
