"""The dispatcher: right command, lazy loading, plain words for mistakes."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import nhipcau
from nhipcau.cli import main as dispatcher


def test_no_command_prints_the_list_and_counts_as_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main([]) == 2
    assert "plan" in capsys.readouterr().out


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["--help"]) == 0
    assert "nhipcau COMMAND --help" in capsys.readouterr().out


def test_an_unknown_command_is_named_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["nonsense"]) == 2
    assert "'nonsense'" in capsys.readouterr().err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("nhipcau ")


def test_every_command_can_be_loaded() -> None:
    for command in dispatcher.COMMANDS.values():
        assert callable(dispatcher.load(command))


def test_plan_read_loads_no_django() -> None:
    code = (
        "import sys; from nhipcau.cli.main import main\n"
        "try: main(['plan', 'read', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(nhipcau.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr


def test_the_version_is_the_packages() -> None:
    project = Path(nhipcau.__file__).parents[2] / "pyproject.toml"
    if not project.exists():
        pytest.skip("not a checkout")
    assert tomllib.loads(project.read_text())["project"]["version"] == nhipcau.__version__
