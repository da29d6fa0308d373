"""The catalogues: `update` collects the texts, `check` tells what is not translated, `compile` writes .mo.

English msgids stand in Python and in templates; Babel reads both, so no gettext need be installed. Texts of
libraries that our pages show and that the library's own Vietnamese lacks are collected into our catalogue
too, which Django reads first.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import django
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "nhipcau"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("vi",)
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ("Translators:",)
Key = tuple[str | tuple[str, ...], str | None]
# The parts of libraries whose words reach a page, a form's error or a mail. A library's template that we
# replace by our own of the same name is left out by itself.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "allauth": (
        "account/adapter.py",
        "account/fields.py",
        "account/forms.py",
        "mfa/**/*.py",
        "templates/account/messages/logged_*.txt",
        "templates/account/messages/password_*.txt",
        "templates/account/email/base_*.txt",
        "templates/account/email/password_changed_*.txt",
        "templates/account/email/password_reset_key_*.txt",
        "templates/account/email/password_set_*.txt",
        "templates/account/email/unknown_account_*.txt",
        "templates/mfa/**/*.txt",
        "templates/mfa/**/*.html",
    ),
    "django": (
        "contrib/auth/forms.py",
        "contrib/auth/password_validation.py",
        "core/validators.py",
        "db/models/base.py",
        "forms/*.py",
        "template/defaultfilters.py",
        "utils/dates.py",
        "utils/text.py",
    ),
    "django_filters": ("fields.py", "filters.py", "widgets.py"),
}
# Written into every catalogue, so that two people who collect texts do not differ by the hour.
STAMP = datetime(2026, 1, 1, tzinfo=UTC)

UNUSED_HEADERS = (
    b'"Project-Id',
    b'"Report-',
    b'"POT-',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
)


def sources() -> Iterator[Path]:
    """Our Python files and templates, without tests and migrations."""
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if parts[0] not in {"apps", "config"} or {"tests", "migrations", "static"} & set(parts):
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path


def texts(path: Path) -> Iterator[tuple[int, Key, list[str]]]:
    """Line, message and translators' comments of every marked text in the file."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # The brackets keep Python's tokenizer from minding the template's indentation.
        code = f"({templatize(code, origin=str(path))})"
    found = extract_python(io.BytesIO(code.encode()), KEYWORDS, COMMENTS, {"encoding": "utf-8"})
    for line, function, message, comments in found:
        key = as_key(function, message)
        if key is not None:
            yield line, key, list(comments)


def as_key(function: str, message: object) -> Key | None:
    """The catalogue's key for one call: singular, or singular and plural, with its context."""
    shape = KEYWORDS[function]
    words = message if isinstance(message, tuple) else (message,)
    if shape is None:
        return (words[0], None) if isinstance(words[0], str) and words[0] else None
    context = None
    picked: list[str] = []
    for part in shape:
        index = part[0] if isinstance(part, tuple) else part
        if index > len(words) or not isinstance(words[index - 1], str):
            return None
        if isinstance(part, tuple):
            context = words[index - 1]
        else:
            picked.append(words[index - 1])
    return (tuple(picked) if len(picked) > 1 else picked[0]), context


def template() -> Catalog:
    """All texts that must be translated, with where they stand."""
    catalog = Catalog(project="nhipcau", charset="utf-8", creation_date=STAMP, revision_date=STAMP)
    for path in sources():
        where = path.relative_to(ROOT).as_posix()
        for line, (message, context), comments in texts(path):
            catalog.add(message, locations=[(where, line)], auto_comments=comments, context=context)
    for name, beginnings in LIBRARIES.items():
        for message, context in untranslated_in(name, beginnings):
            catalog.add(message, locations=[(f"library:{name}", 1)], context=context)
    return catalog


def untranslated_in(name: str, patterns: tuple[str, ...]) -> Iterator[Key]:
    """Texts of a library for which its own Vietnamese catalogues have nothing, or only a guess."""
    base = Path(find_spec(name).origin or "").parent  # type: ignore[union-attr]  # it is a dependency
    known = {
        (message.id, message.context)
        for file in base.glob("**/locale/vi*/LC_MESSAGES/django.po")
        for message in read(file, "vi")
        if message.string and not message.fuzzy and _complete(message.string)
    }
    for path in sorted({path for pattern in patterns for path in base.glob(pattern)}):
        if replaced(path.relative_to(base).as_posix()):
            continue
        for _line, key, _comments in texts(path):
            if key not in known:
                yield key


def replaced(place: str) -> bool:
    """True when one of our apps has a template of the same name, which is shown instead."""
    return place.startswith("templates/") and any(PACKAGE.glob(f"apps/*/{place}"))


def _complete(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def read(file: Path, locale: str) -> Catalog:
    with file.open("rb") as stream:
        return pofile.read_po(stream, locale=locale)


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    file = po_file(language)
    if file.exists():
        return read(file, language)
    return Catalog(locale=language, project="nhipcau", charset="utf-8")


def update() -> int:
    """Bring the catalogues up to the texts in the code; translations are kept, guesses are not made."""
    fresh = template()
    for language in LANGUAGES:
        catalog = load(language)
        catalog.update(fresh, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.revision_date = STAMP
        catalog.fuzzy = False
        catalog.header_comment = f"# {language}: texts of Nhịp Cầu; collected by `make messages`."
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        written = io.BytesIO()
        pofile.write_po(written, catalog, width=100, sort_by_file=True, include_lineno=False)
        lines = written.getvalue().splitlines(keepends=True)
        file.write_bytes(b"".join(line for line in lines if not line.startswith(UNUSED_HEADERS)))
        gaps = len(missing(catalog, fresh))
        print(f"{file.relative_to(ROOT)}: {len(catalog)} texts, {gaps} without translation")
    return 0


def missing(catalog: Catalog, fresh: Catalog) -> list[str]:
    """Texts of the code that the catalogue does not translate, or only by a guess."""
    found = []
    for message in fresh:
        if not message.id:
            continue
        ours = catalog.get(message.id, message.context)
        if ours is None or ours.fuzzy or not ours.string or not _complete(ours.string):
            where = ", ".join(place for place, _ in message.locations[:2])
            found.append(f"{message.id!r} ({where})")
    return found


def check() -> int:
    """0 when every text is translated and every placeholder of the original is in its translation."""
    fresh = template()
    bad = 0
    for language in LANGUAGES:
        catalog = load(language)
        gaps = missing(catalog, fresh)
        for gap in gaps:
            print(f"{language}: not translated: {gap}")
        wrong = [f"{message.id!r}: {error}" for message, errors in catalog.check() for error in errors]
        for line in wrong:
            print(f"{language}: {line}")
        stale = [m for m in catalog if m.id and fresh.get(m.id, m.context) is None]
        for message in stale:
            print(f"{language}: no longer used, run `make messages`: {message.id!r}")
        bad += len(gaps) + len(wrong) + len(stale)
    print(f"catalogues: {len(fresh)} texts, {bad} faults")
    return 1 if bad else 0


def compile_all() -> int:
    """Write the .mo files that Django reads."""
    for language in LANGUAGES:
        if not po_file(language).exists():
            continue
        with po_file(language).with_suffix(".mo").open("wb") as stream:
            mofile.write_mo(stream, load(language))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["update", "check", "compile"])
    verb = parser.parse_args().verb
    settings.configure(USE_I18N=True)
    django.setup()
    return {"update": update, "check": check, "compile": compile_all}[verb]()


if __name__ == "__main__":
    sys.exit(main())
