"""Others' files are copied in, cut, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhipcau.apps.webkit import build


def test_without_the_packages_the_command_to_type_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["build", str(tmp_path)])
    assert build.main() == 1
    assert "npm ci" in capsys.readouterr().err


def test_fonts_come_with_their_licence_and_the_sheet_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = tmp_path / "node_modules"
    files = [
        build.TABLER,
        *(f"{build.FONT}/files/{name}" for name in build.FONT_FILES),
        f"{build.FONT}/LICENSE",
    ]
    for name in files:
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_bytes(b"font")
    (modules / build.TABLER).write_text(
        "/*! T */.btn{top:0}.carousel{top:1px}/*# sourceMappingURL=x.map */", "utf-8"
    )
    vendor = tmp_path / "vendor"
    monkeypatch.setattr(build, "VENDOR", vendor)
    build.copy_vendor(modules)
    sheet = (vendor / "tabler.css").read_text("utf-8")
    assert ".btn{top:0}" in sheet
    assert "carousel" not in sheet
    assert "sourceMappingURL" not in sheet
    assert (vendor / "fonts" / "OFL-be-vietnam-pro.txt").is_file()


def test_classes_are_found_in_templates_widgets_and_scripts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p class="one {% if x %}two{% endif %}">', "utf-8")
    (tmp_path / "b.py").write_text('attrs={"class": "three"}', "utf-8")
    (tmp_path / "c.js").write_text('x.classList.add("four")', "utf-8")
    assert {"one", "two", "three", "four"} <= build.used_classes(tmp_path)


def test_no_template_carries_inline_style_or_script() -> None:
    """The policy would refuse them in a page; better said here than by a browser."""
    for path in (build.PACKAGE.parent).rglob("*.html"):
        if "mail" in path.parts:
            continue  # read in programs for mail, which know no style sheets
        source = path.read_text("utf-8")
        assert " style=" not in source, path
        assert " onclick=" not in source, path
        scripts = source.count("<script")
        data = source.count('type="application/json"')
        assert scripts == source.count("<script src=") + data, path
