"""Parts of documents taken out, doubled, moved, with other values: findings or a refusal, no crash."""

from __future__ import annotations

import copy
import random

import pytest
from lxml import etree

from nhipcau.core.officialdoc import Annex, Finding, check_docx, write_docx
from nhipcau.core.officialdoc.tests.foreign import made
from nhipcau.core.officialdoc.tests.samples import document, figures
from nhipcau.core.officialdoc.tests.wrongs import DOCUMENT, HEADER, STYLES, rewritten
from nhipcau.core.planreader.refusal import Refusal

VALUES = ("", "-1", "99999999999", "abc", "1e9", "true", "0", "continue", "nil", "12.5")


def spoil(root: etree._Element, chance: random.Random) -> None:
    """One to six changes at random places."""
    for _ in range(chance.randint(1, 6)):
        nodes = [node for node in root.iter() if node.getparent() is not None]
        if not nodes:
            return
        node = chance.choice(nodes)
        parent = node.getparent()
        what = chance.randrange(4)
        if what == 0:
            parent.remove(node)
        elif what == 1:
            parent.append(copy.deepcopy(node))
        elif what == 2:
            other = chance.choice(nodes)
            if node not in other.iterancestors() and node is not other:
                other.append(copy.deepcopy(node))
        elif node.attrib:
            node.set(chance.choice(list(node.attrib)), chance.choice(VALUES))


@pytest.mark.parametrize("part", [DOCUMENT, STYLES, HEADER])
@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_document_gives_findings_or_a_refusal(part: str, seed: int) -> None:
    chance = random.Random(f"{part} {seed}")
    if part == HEADER or seed % 2:
        right = write_docx(
            document(chance.choice(["BC", "CV", "QĐ"]), annexes=[Annex("Số liệu", [figures(2)])])
        )
    else:
        right = made(chance.choice(["table", "tabs", "boxes"]), chance.choice(["table", "tabs", "lines"]))
    try:
        findings = check_docx(rewritten(right, part, lambda root: spoil(root, chance)))
    except Refusal:
        return
    assert all(isinstance(finding, Finding) for finding in findings)
    for finding in findings:
        assert finding.message("vi")
        assert finding.message("en")
