"""Why a file was not read: one plain line in each language, for every reason."""

from __future__ import annotations

import re

import pytest

from nhipcau.core.planreader.reading import MAX_ROWS, read_source, read_text
from nhipcau.core.planreader.refusal import REASONS, Refusal
from nhipcau.core.planreader.source import Line, Source

VALUES = {"limit": "12", "unit": "trang", "name": "a.docx", "mark": "MẬT"}


@pytest.mark.parametrize("code", sorted(REASONS))
@pytest.mark.parametrize("language", ["vi", "en", "en-gb"])
def test_every_reason_is_one_finished_line(code, language):
    needed = {
        name: VALUES.get(name, "x") for name in re.findall(r"{(\w+)}", REASONS[code].vi + REASONS[code].en)
    }
    line = Refusal(code, **needed).message(language)
    assert "\n" not in line
    assert "{" not in line
    assert line[0].isupper()
    assert line[-1] in ".:"


def test_the_two_languages_name_the_same_values():
    for message in REASONS.values():
        assert set(re.findall(r"{(\w+)}", message.vi)) >= set(re.findall(r"{(\w+)}", message.en))


def test_the_code_is_what_programs_read():
    refusal = Refusal("secret", mark="TỐI MẬT")
    assert (str(refusal), refusal.code, refusal.values) == ("secret", "secret", {"mark": "TỐI MẬT"})
    assert "“TỐI MẬT”" in refusal.message()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("12 34\n--\n", "not-a-plan"),
        ("x" * 1_200_001, "too-long"),
        ("dòng\n" * (MAX_ROWS + 1), "too-long"),
    ],
)
def test_texts_that_give_no_reading_say_why(text, code):
    with pytest.raises(Refusal) as caught:
        read_text(text)
    assert caught.value.code == code


def test_a_source_of_too_many_lines_is_refused_before_it_is_read():
    lines = [Line("", page=1, number=n) for n in range(200_001)]
    with pytest.raises(Refusal) as caught:
        read_source(Source("txt", lines))
    assert caught.value.values == {"limit": 200_000, "unit": "dòng"}
