"""Damaged letters are put right line by line, before anything is cleaned out."""

from __future__ import annotations

from nhipcau.core.planreader.mending import mended
from nhipcau.core.planreader.rows import source_from_text
from nhipcau.core.planreader.source import Line, Source

GOOD = "Sở Giáo dục và Đào tạo chủ trì, phối hợp với các sở, ngành tổ chức thực hiện kế hoạch."
TCVN3 = "Së Gi¸o dôc vµ §µo t¹o chñ tr×, phèi hîp víi c¸c së, ngµnh tæ chøc thùc hiÖn kÕ ho¹ch."


def test_a_sound_source_stays_the_same_object():
    source = source_from_text(GOOD)
    assert mended(source) is source


def test_an_old_encoding_becomes_vietnamese_and_the_source_says_so():
    source = source_from_text("\n".join([TCVN3] * 6))
    found = mended(source)
    assert {line.text for line in found.lines} == {GOOD}
    assert found.notes
    assert source.lines[0].text == TCVN3


def test_lines_keep_their_page_and_number_whatever_they_hold():
    odd = [TCVN3, "", f"{TCVN3}\u2028{TCVN3}", f"{TCVN3}\x0c"] * 3
    lines = [Line(text, page=2, number=n, kind="cell" if n % 2 else "line") for n, text in enumerate(odd)]
    found = mended(Source("pdf", lines, ["ocr"], 4))
    assert [(x.page, x.number, x.kind) for x in found.lines] == [(x.page, x.number, x.kind) for x in lines]
    assert found.notes[0] == "ocr"
    assert (found.format, found.pages) == ("pdf", 4)
    assert found.lines[1].text == ""
