"""A language that nobody speaks: every translated text stands in marks, so that any other text is seen."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODE = "xx"
ROOT = Path(__file__).resolve().parents[2]


def marked(text: str) -> str:
    return f"⟦{text}⟧"


def listings() -> list[Path]:
    """Catalogues that list every text: ours, and those of the libraries that have their own Vietnamese."""
    found = [ROOT / "src/nhipcau/locale/vi/LC_MESSAGES/django.po"]
    for library in ("django", "django_filters"):
        folder = Path(str(find_spec(library).origin)).parent
        found += sorted(folder.glob("**/locale/vi/LC_MESSAGES/django.po"))
    return found


def write_catalogue(locale: Path) -> None:
    """Write `locale`/xx/LC_MESSAGES/django.mo."""
    catalog = Catalog(locale="en", charset="utf-8")
    for path in listings():
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if not message.id:
                    continue
                ids = [message.id] if isinstance(message.id, str) else list(message.id)
                string = marked(ids[0]) if len(ids) == 1 else tuple(marked(one) for one in ids[:2])
                catalog.add(message.id, string, context=message.context)
    folder = locale / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as out:
        write_mo(out, catalog)
