"""XML of parts that came from outside: no DTD, no entities, no network, bounded size and depth."""

from __future__ import annotations

from lxml import etree

from nhipcau.core.planreader.refusal import Refusal

MOST_BYTES = 48 * 2**20
MOST_TAGS = 2_500_000


def parse(data: bytes) -> etree._Element:
    """The root element; raises Refusal for what is no XML, or so much of it that memory would run out."""
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise Refusal("too-heavy")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refusal("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal("dtd")
    return root
