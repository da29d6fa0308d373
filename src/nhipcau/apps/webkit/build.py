"""`python -m nhipcau.apps.webkit.build`: others' style sheets and fonts, from node_modules into the package.

Reads nothing but node_modules (made by `npm ci`) and our own templates; needs neither Django nor a database.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from nhipcau.apps.webkit.stylesheet import cut

PACKAGE = Path(__file__).resolve().parent
STATIC = PACKAGE / "static"
VENDOR = STATIC / "vendor"
TABLER = "@tabler/core/dist/css/tabler.min.css"
FONT = "@fontsource/be-vietnam-pro"
FONT_FILES = [
    f"be-vietnam-pro-{script}-{weight}-normal.woff2"
    for script in ("latin", "vietnamese")
    for weight in (400, 500, 600)
]
_CLASS_ATTRIBUTE = re.compile(r"class=\\?[\"']([^\"'>]*)[\"']")
_CLASS_IN_CODE = re.compile(r"class[\"']?\s*[:=]\s*f?[\"']([^\"']*)[\"']|classList\.\w+\(([^)]*)\)")
_WORD = re.compile(r"-?[A-Za-z_][\w-]*")


class Missing(Exception):
    """A file that `npm ci` should have brought is not there."""


def used_classes(apps: Path) -> set[str]:
    """All class names in the templates, scripts and widgets below `apps`; too many is harmless."""
    found: set[str] = set()
    for path in sorted(apps.rglob("*")):
        if path.suffix == ".html":
            texts = _CLASS_ATTRIBUTE.findall(path.read_text("utf-8"))
        elif path.suffix in {".py", ".js"} and "vendor" not in path.parts:
            texts = ["".join(pair) for pair in _CLASS_IN_CODE.findall(path.read_text("utf-8"))]
        else:
            continue
        for text in texts:
            found.update(_WORD.findall(text))
    return found


def own_sheets() -> str:
    return "".join(path.read_text("utf-8") for path in sorted((STATIC / "webkit" / "css").glob("*.css")))


def copy_vendor(modules: Path) -> None:
    """Write static/vendor anew.

    Raises:
        Missing: a package is not installed in `modules`.
    """
    wanted = [modules / TABLER, *(modules / FONT / "files" / name for name in FONT_FILES)]
    for path in wanted:
        if not path.is_file():
            raise Missing(f"{path} is not there: run `npm ci` first.")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fonts = VENDOR / "fonts"
    fonts.mkdir(parents=True)
    for path in wanted[1:]:
        shutil.copyfile(path, fonts / path.name)
    shutil.copyfile(modules / FONT / "LICENSE", fonts / "OFL-be-vietnam-pro.txt")
    sheet = cut(wanted[0].read_text("utf-8"), used_classes(PACKAGE.parent), own_sheets())
    (VENDOR / "tabler.css").write_text(sheet, "utf-8")


def main() -> int:
    """Takes the folder of node_modules, by default the one in the working folder."""
    modules = Path(sys.argv[1] if len(sys.argv) > 1 else "node_modules")
    try:
        copy_vendor(modules)
    except Missing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    total = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file())
    sys.stdout.write(f"static/vendor: {total // 1024} kB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
