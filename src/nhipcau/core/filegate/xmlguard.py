"""Guard for XML parts: no DTD in any encoding, and the few attributes that reach outside the file.

expat reads only up to the root element (relations: whole, they are small), so a part's size does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from nhipcau.core.filegate.rejection import Rejected


class _Enough(Exception):
    """The root element has begun: no DTD can follow."""


def refuse_dtd(pieces: Iterable[bytes]) -> None:
    """Raise Rejected: "dtd" when a document type precedes the root element, "damaged" when it is no XML."""

    def root(_: str, __: dict[str, str]) -> None:
        raise _Enough

    _parse(pieces, root)


def elements(pieces: Iterable[bytes], seen: Callable[[str, dict[str, str]], None]) -> None:
    """Call `seen(local name, attributes)` for every element of a small part; refuses a DTD too."""

    def start(name: str, attributes: dict[str, str]) -> None:
        seen(name.rpartition(":")[2], attributes)

    _parse(pieces, start)


def _parse(pieces: Iterable[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _doctype
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _Enough:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Rejected("damaged") from error


def _doctype(*_: object) -> None:
    raise Rejected("dtd")
