"""Habits of writing that the model was not fitted to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from nhipcau.core.linkage import linking, model, reading
from nhipcau.core.linkage.evaluating import score
from nhipcau.core.linkage.names import NameParts, read
from nhipcau.core.linkage.places import Gazetteer, read_country
from nhipcau.core.linkage.preparing import prepare
from nhipcau.core.linkage.rarity import Frequencies
from nhipcau.core.linkage.tests.unseen.making import make
from nhipcau.core.linkage.tests.unseen.worlds import WORLDS
from nhipcau.core.linkage.values import own_phones, papers, vietnamese_phones

CROWD = [
    "Nguyễn Văn Hùng",
    "Trần Thị Thu Hà",
    "Lê Anh Thư",
    "Phạm Minh Tâm",
    "Nguyễn Kim Anh",
    "Lê Thu An",
] * 5


def names(*written: str) -> NameParts:
    """Names read among a crowd that teaches what is a word."""
    return read(pa.array([*written, *CROWD]), np.full(len(written) + len(CROWD), 0.02))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Thu (tự Út)", "NGUYEN THI THU"),
        ("Nguyen Thi Thu (ten goi khac: Be Hai)", "Nguyễn Thị Thu"),
        ("Nguyễn Văn Tâm tự Út", "Nguyễn Văn Tâm"),
        ("Lê Anhthư", "Anh-Thư LÊ"),
    ],
)
def test_a_name_at_home_and_words_typed_together_change_no_name(one: str, other: str) -> None:
    found = names(one, other)
    assert found.whole[0] == found.whole[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Thu (Nhỏ)", "NGUYEN THI THU"),
        ("Lê Văn Tám - Út", "Lê Văn Tám"),
        ("Thi-Thu NGUYEN", "Nguyễn Thị Thu"),
        ("Mrs Thu Ha Tran", "Trần Thu Hà"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(one: str, other: str) -> None:
    found = names(one, other)
    assert found.whole[0] == found.whole[1]
    assert found.given[0] == found.given[1]


@pytest.mark.parametrize("name", ["Lê Văn Tám (Kevin)", "Lê Thị Tám (Nguyễn)", "Tám - Lê"])
def test_a_surname_or_a_foreign_name_behind_stays(name: str) -> None:
    found = names(name, "Lê Văn Tám")
    assert (found.foreign[0] != found.foreign[1]) or found.text[0].as_py() in ("le nguien tam", "le tam")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chansokha", "Sokha Chan"),
        ("Lâm Sóc Sa Rây", "Sócsarây LÂM"),
        ("THIKIMTHOA NGUYEN", "Nguyễn Thị Kim Thoa"),
        ("Ha Aminyousof", "HA, AMIN YOUSOF"),
    ],
)
def test_a_name_is_known_by_its_letters_wherever_its_words_end(one: str, other: str) -> None:
    found = names(one, other)
    assert found.letters[0] == found.letters[1]


def test_the_same_letters_in_as_many_words_are_no_evidence() -> None:
    birth, place = "12/3/1980", "Cầu Kè"
    crowd = [*CROWD, "Trần Văn Hảo", "Lê Mỹ Hoa"] * 40
    written = ["Chau Sokha", "CHAUSOKHA", "Nguyễn Thị Hảo", "Nguyễn Thị Hoa", *crowd]
    births = [birth, birth, birth, birth, *("" for _ in crowd)]
    records = pa.table(
        {
            "record_id": range(len(written)),
            "name": written,
            "birth": births,
            "commune": [place if birth else None for birth in births],
            "sex": ["nữ"] * len(written),
        }
    )
    found = linking.link(reading.in_form(records), Gazetteer([]), model.load())["cluster_id"].to_pylist()
    assert found[0] == found[1]
    assert found[2] != found[3]


def test_a_given_name_that_only_looks_like_the_word_for_alias_stays() -> None:
    found = names("Nguyễn Văn Tú", "Nguyễn Văn Tự")
    assert found.text[0].as_py() == found.text[1].as_py() == "nguien tu"


def test_where_no_word_is_a_surname_the_father_s_name_stands_behind() -> None:
    found = names("Ysa Is Mael", "Ali Is Mael")
    assert found.surname[0] == found.surname[1]
    assert found.given[0] != found.given[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("California, USA", "US"),
        ("Texas - Mỹ", "US"),
        ("Cao Hùng (Đài Loan)", "TW"),
        ("Huê Kỳ", "US"),
        ("Trung Quốc (Đài Loan)", "TW"),
        ("nước Pháp", "FR"),
        ("Mỹ, Canada", "MY, CANADA"),
        ("Trung Quốc", "CN"),
    ],
)
def test_a_country_is_found_beside_a_town(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0912345678 - 0987654321", 912345678),
        ("ĐT: 091 234 5678 và 0987654321", 912345678),
        ("091 - 234 - 5678", 912345678),
        ("0912-345-678", 912345678),
    ],
)
def test_the_first_of_two_phones_in_one_cell(cell: str, number: int) -> None:
    assert vietnamese_phones(pa.array([cell])).tolist() == [number]


def test_a_dash_inside_a_number_abroad_cuts_nothing() -> None:
    assert own_phones(pa.array(["+1 (714) 555 - 1234", "714-555-1234"])).tolist() == [145551234] * 2


@pytest.mark.parametrize("text", ["HC B1234567", "Hộ chiếu số: B1234567", "PP: b 1234567"])
def test_the_word_for_the_paper_is_no_part_of_its_number(text: str) -> None:
    found = papers(pa.array([text, "B1234567", "CCCD: 089175123456", "089 175 123456"]))
    assert found.code[0] == found.code[1]
    assert found.code[2] == found.code[3]
    assert found.kind.tolist() == [1, 1, 3, 3]


def test_a_name_of_rare_words_is_rarer_than_two_records_make_it() -> None:
    written = ["Phạm Phú Hải", "Phạm Phú Hải", "Nguyễn Thu Lan", "Nguyễn Thu Lan", *CROWD * 10]
    records = reading.in_form(pa.table({"record_id": range(len(written)), "name": written}))
    prepared = prepare(records, Gazetteer([]))
    frequencies = Frequencies.of(prepared)
    share = frequencies.columns(prepared)["tf_name"]
    assert share[0] < share[2] < 2 / len(written)
    assert share[4] == pytest.approx(50 / len(written), rel=0.1)
    seen = frequencies.times("name", np.array([7], dtype=np.int32))
    assert seen.tolist() == [0]


@pytest.mark.parametrize("world", [name for name, world in WORLDS.items() if not world.heldout])
def test_people_of_other_regions_are_linked(world: str) -> None:
    records, truth, units = make(world, 2_000, seed=77)
    gazetteer = Gazetteer(units.select(reading.GAZETTEER_COLUMNS).to_pylist())
    found = score(truth, linking.link(reading.in_form(records), gazetteer, model.load()))
    assert found.precision >= 0.98
    assert found.recall >= (0.5 if world == "thin" else 0.7)


def test_the_same_seed_makes_the_same_people() -> None:
    assert make("delta", 200, seed=5)[0] == make("delta", 200, seed=5)[0]
