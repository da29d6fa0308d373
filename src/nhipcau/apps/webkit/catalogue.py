"""`python -m nhipcau.apps.webkit.catalogue messages|compile|check`: translations, made with Babel.

Babel runs here and in `make`, never on a server; there the compiled `.mo` files suffice. Besides our own texts
the catalogue holds the texts of libraries that a user can meet and that the library has no Vietnamese for.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
LOCALE = PACKAGE / "locale"
LANGUAGE = "vi"
HEADER = "# Vietnamese texts of Nhịp Cầu, and of the libraries' texts that its users meet."
_PASSING = tuple(
    f'"{name}: '
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The parts of libraries whose words reach a page, a form error, a mail. Their templates that we replace are left out.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "allauth": (
        "account/adapter.py",
        "account/forms.py",
        "account/fields.py",
        "account/middleware.py",
        "core/internal/*.py",
        "mfa/adapter.py",
        "mfa/**/forms.py",
        "mfa/models.py",
        "mfa/**/flows.py",
        "templates/account/messages/logged_*.txt",
        "templates/account/messages/password_*.txt",
        "templates/mfa/messages/*.txt",
        "templates/mfa/recovery_codes/*.txt",
        "templates/account/email/base_*.txt",
        "templates/account/email/password_changed_*.txt",
        "templates/account/email/password_reset_key_*.txt",
        "templates/account/email/password_set_*.txt",
        "templates/account/email/unknown_account_*.txt",
        "templates/mfa/email/*.txt",
    ),
    "axes": ("attempts.py", "helpers.py", "exceptions.py"),
    "django": (
        "forms/*.py",
        "core/validators.py",
        "contrib/auth/forms.py",
        "contrib/auth/password_validation.py",
        "contrib/auth/validators.py",
        "db/models/base.py",
        "utils/dates.py",
        "utils/text.py",
        "template/defaultfilters.py",
    ),
    "django_filters": ("filters.py", "fields.py", "widgets.py"),
}


class Incomplete(Exception):
    """What `check` found, a line each."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be translated: `id` is one string, or singular and plural."""

    id: str | tuple[str, str]
    context: str | None
    place: str


def _of_code(code: str, place: str) -> Iterator[Text]:
    source = io.BytesIO(code.encode())
    for _line, function, messages, _comments in extract_python(source, KEYWORDS, [], {}):
        given = [messages] if isinstance(messages, str) else messages or []
        found = [m for m in given if isinstance(m, str)]
        if not found:
            continue
        context = found.pop(0) if "pgettext" in str(function) else None
        if "ngettext" in str(function) or "npgettext" in str(function):
            if len(found) >= 2:
                yield Text((found[0], found[1]), context, place)
        elif found and found[0]:
            yield Text(found[0], context, place)


def _of_template(source: str, place: str) -> Iterator[Text]:
    """Django turns a template into calls of gettext, one to a line, amid filler that is no Python."""
    lines = (line.strip() for line in templatize(source).splitlines())
    code = "\n".join(line for line in lines if "gettext(" in line or "_(" in line)
    yield from _of_code(code, place)


def texts_of(path: Path, place: str) -> Iterator[Text]:
    source = path.read_text("utf-8")
    yield from _of_code(source, place) if path.suffix == ".py" else _of_template(source, place)


def own_texts() -> Iterator[Text]:
    """All texts of this package, tests apart."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "tests" not in path.parts:
            place = path.relative_to(PACKAGE.parent).as_posix()
            if path.suffix == ".py" or "templates" in path.parts:
                yield from texts_of(path, place)


def _folder(library: str) -> Path:
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise Incomplete(f"{library} is not installed")
    return Path(spec.origin).parent


def _translated_by(library: str) -> set[tuple[str, str | None]]:
    """The ids that the library itself has complete Vietnamese for."""
    known: set[tuple[str, str | None]] = set()
    for path in _folder(library).glob(f"**/locale/{LANGUAGE}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale=LANGUAGE):
                if message.id and _is_translated(message):
                    known.add((_key(message.id), message.context))
    return known


def library_texts() -> Iterator[Text]:
    """The texts of libraries that need our Vietnamese."""
    for library, patterns in LIBRARIES.items():
        folder, known = _folder(library), _translated_by(library)
        files = sorted({path for pattern in patterns for path in folder.glob(pattern)})
        for path in files:
            for text in texts_of(path, f"{library}/{path.relative_to(folder).as_posix()}"):
                if (_key(text.id), text.context) not in known:
                    yield text


def _key(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _is_translated(message: Message) -> bool:
    return all(_strings(message)) and not message.fuzzy


def template() -> Catalog:
    """Everything that must be translated, without translations."""
    catalog = Catalog(charset="utf-8")
    for text in [*own_texts(), *library_texts()]:
        catalog.add(text.id, context=text.context, locations=[(text.place, 0)])
    return catalog


def _path(language: str, suffix: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django{suffix}"


def kept() -> Catalog:
    """The catalogue as it lies in the repository, empty at first."""
    path = _path(LANGUAGE, ".po")
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def _written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=110,
        include_lineno=False,
        ignore_obsolete=True,
        sort_by_file=True,
        omit_header=False,
    )
    lines = out.getvalue().decode().splitlines(keepends=True)
    # Names and dates of making would change the file on every run.
    return "".join(line for line in lines if not line.startswith(_PASSING)).encode()


def renewed() -> Catalog:
    """The kept translations under the present texts: new ones empty, vanished ones gone, none guessed."""
    old, new = (
        kept(),
        Catalog(
            locale=LANGUAGE,
            charset="utf-8",
            fuzzy=False,
            header_comment=HEADER,
        ),
    )
    for message in template():
        if not message.id:
            continue
        before = old.get(_key(message.id), message.context)
        string = before.string if before is not None and not before.fuzzy else None
        if string is not None and isinstance(message.id, str) != isinstance(string, str):
            string = (string,) if isinstance(string, str) else string[0]
        new.add(message.id, string or None, locations=message.locations, context=message.context)
    return new


def write_messages() -> str:
    path = _path(LANGUAGE, ".po")
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = renewed()
    path.write_bytes(_written(catalog))
    open_ones = [m for m in catalog if m.id and not _is_translated(m)]
    return f"{len(catalog)} texts, {len(open_ones)} to translate\n"


def compile_all(locale: Path = LOCALE) -> str:
    """Write `.mo` beside every `.po` below `locale`."""
    done = []
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=None)
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, catalog)
        done.append(path.parent.parent.name)
    return f"compiled: {', '.join(done)}\n"


def faults() -> list[str]:
    """Missing, fuzzy, obsolete or outdated entries, and translations that lost a placeholder."""
    old, wanted = kept(), template()
    found = []
    for message in wanted:
        if not message.id:
            continue
        entry = old.get(_key(message.id), message.context)
        if entry is None:
            found.append(f"not in the catalogue: {_key(message.id)!r} ({message.locations[0][0]})")
        elif not _is_translated(entry):
            found.append(f"not translated: {_key(message.id)!r}")
    for entry in old:
        if entry.id and wanted.get(_key(entry.id), entry.context) is None:
            found.append(f"no longer used: {_key(entry.id)!r}")
        found += [f"{error}: {_key(entry.id)!r}" for error in entry.check(old)]
    found += [f"obsolete entry kept: {_key(m.id)!r}" for m in old.obsolete.values()]
    return found


def main() -> int:
    settings.configure(USE_I18N=True)
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command == "messages":
        sys.stdout.write(write_messages())
    elif command == "compile":
        sys.stdout.write(compile_all())
    elif command == "check":
        found = faults()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
