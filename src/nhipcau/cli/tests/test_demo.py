"""The demo: which scenario fills the database, and where it lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nhipcau.cli import demo


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """What would be run; nothing is."""
    for name in ("NHIPCAU_DATA", "NHIPCAU_PROVINCE", "NHIPCAU_MODE", "NHIPCAU_LOG_LEVEL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    ran: list[tuple[str, ...]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demo, "default_data_dir", lambda: tmp_path / ".data")
    monkeypatch.setattr(demo, "use_database", lambda: None)
    monkeypatch.setattr(demo, "use_data_dir", lambda: Path(os.environ.get("NHIPCAU_DATA") or "here"))
    monkeypatch.setattr(demo, "migrate_and_collect", lambda: None)
    monkeypatch.setattr(demo, "manage", lambda *arguments: ran.append(arguments))
    return ran


def test_by_itself_it_is_the_province_without_thousands_of_tasks(commands: list[tuple[str, ...]]) -> None:
    assert demo.run(["--no-serve"]) == 0
    assert commands == [
        (each,) for each in ("load_demo", "load_demo_reports", "load_demo_people", "load_demo_lists")
    ]
    assert os.environ["NHIPCAU_PROVINCE"] == "tỉnh Lam Giang"
    assert "NHIPCAU_DATA" not in os.environ


def test_the_merger_has_a_folder_and_a_province_of_its_own(
    commands: list[tuple[str, ...]], tmp_path: Path
) -> None:
    assert demo.run(["--no-serve", "--scenario", "merger", "--tasks", "300"]) == 0
    assert commands == [("restructuring_scenario", "--only-state", "--tasks", "300")]
    assert os.environ["NHIPCAU_PROVINCE"] == "tỉnh An Giang"
    assert os.environ["NHIPCAU_DATA"] == str(tmp_path / ".data-merger")


def test_a_folder_that_was_named_is_used(
    commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHIPCAU_DATA", "/somewhere")
    assert demo.run(["--no-serve", "--scenario", "merger"]) == 0
    assert os.environ["NHIPCAU_DATA"] == "/somewhere"
    assert commands[0][-1] == "20000"
