"""`nhipcau orgs resolve`: what is printed, and the exit codes."""

from __future__ import annotations

import io
import json

import pytest

from nhipcau.cli.main import main

ADDRESS = "xã Bình Mỹ, huyện Châu Phú, An Giang"


def test_then_now_and_the_legal_basis(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orgs", "resolve", ADDRESS]) == 0
    printed = capsys.readouterr().out
    assert "là Xã Bình Mỹ, Huyện Châu Phú, Tỉnh An Giang (mã 30487, đến hết 30/6/2025)" in printed
    assert "nay là Xã Bình Mỹ, Tỉnh An Giang (mã 30487, từ 01/7/2025)" in printed
    assert "1654/NQ-UBTVQH15" in printed


def test_json_has_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orgs", "resolve", ADDRESS, "phường Sài Gòn, TP HCM", "--json", "--on", "31/12/2024"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["status"], first["on"]) == ("found", "2024-12-31")
    assert [unit["within"] for unit in first["readings"][0]["then"]] == [["Huyện Châu Phú", "Tỉnh An Giang"]]
    assert "Phường Bến Nghé" in {unit["name"] for unit in second["readings"][0]["then"]}
    assert [unit["name"] for unit in second["readings"][0]["now"]] == ["Phường Sài Gòn"]


def test_what_is_not_there_is_said_with_near_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["orgs", "resolve", "xã Bình Mỹy, An Giang"]) == 1
    printed = capsys.readouterr().out
    assert "Không tìm thấy: xã Bình Mỹy" in printed
    assert "Xã Bình Mỹ, Tỉnh An Giang" in printed


def test_several_units_are_all_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orgs", "resolve", "--language", "en", "xã Tân Thành, Long An", "huyện Châu Phú"]) == 0
    printed = capsys.readouterr().out
    assert "3 units fit equally" in printed
    assert printed.count("now one of") == 2
    assert "its communes are now Xã Bình Mỹ" in printed


def test_addresses_are_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ADDRESS}\n\nP.1, Q.5, TPHCM\n"))
    assert main(["orgs", "resolve", "-", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("bad", ["2024-13-01", "31/2/2024", "hôm qua", "1/2"])
def test_a_day_that_is_none_is_a_wrong_argument(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["orgs", "resolve", ADDRESS, "--on", bad])
    assert ended.value.code == 2
    assert "31/12/2024" in capsys.readouterr().err
