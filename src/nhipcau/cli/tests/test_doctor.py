"""The doctor names what is missing, what that costs, and fails only for what is needed."""

from __future__ import annotations

import shutil
import sys

import pytest

from nhipcau.cli import doctor
from nhipcau.cli.doctor import Finding


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """An instance of its own, in English, with no server configured."""
    for name in ("DATABASE_URL", "NHIPCAU_OWNER_DATABASE_URL", "NHIPCAU_MODE", "LC_ALL", "LC_MESSAGES"):
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
