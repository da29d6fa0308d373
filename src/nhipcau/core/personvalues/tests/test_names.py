"""Names in every order, case and state that registers hold."""

from __future__ import annotations

import pytest

from nhipcau.core.personvalues import Name, Problem, read_name


def read(text: str) -> Name:
    found = read_name(text)
    assert isinstance(found, Name), found
    return found


def parts(text: str) -> tuple[str, str, str]:
    found = read(text)
    return found.family, found.middle, found.given


@pytest.mark.parametrize(
    "written",
    [
        "NGUYỄN THỊ HOA",
        "nguyễn thị hoa",
        "Nguyễn Thị Hoa",
        " Nguyễn  Thị Hoa ",
        "Nguye\u0302\u0303n Thi\u0323 Hoa",
        "NguyÔn ThÞ Hoa",
        "Nguyeãn Thò Hoa",
        "Nguyeenx Thij Hoa",
        "Nguye64n Thi5 Hoa",
        "NguyễnThịHoa",
        "Nguy ễn Thị Hoa",
        "N G U Y Ễ N T H Ị H O A",
        "Bà Nguyễn Thị Hoa",
        "Mrs. Nguyễn Thị Hoa",
        "1. Nguyễn Thị Hoa",
        "Nguyễn_Thị_Hoa",
        "Ng. Thị Hoa",
        "Nguyễn Thị Hoa (con ông Ba)",
        "\u200bNguyễn\u00a0Thị Hoa\u202e",
    ],
)
def test_one_name_in_many_states(written: str) -> None:
    assert read(written).display == "Nguyễn Thị Hoa"
    assert parts(written) == ("Nguyễn", "Thị", "Hoa")
    assert read(written).key == "nguyen thi hoa"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Hoa Thi Nguyen", ("Nguyen", "Thi", "Hoa")),
        ("HOA NGUYEN", ("Nguyen", "", "Hoa")),
        ("Lan Anh Tran", ("Tran", "Lan", "Anh")),
        ("Kim Hoa Thi Nguyen", ("Nguyen", "Thi Kim", "Hoa")),
        ("Nguyen, Thi Hoa", ("Nguyen", "Thi", "Hoa")),
        ("NGUYEN, Hoa Thi", ("Nguyen", "Thi", "Hoa")),
        ("Hoa NGUYEN", ("Nguyen", "", "Hoa")),
        ("Mai Thị Lệ", ("Mai", "Thị", "Lệ")),
        ("nguyenthihoa", ("Nguyen", "Thi", "Hoa")),
        ("Nguyễn Thị Kimhoa", ("Nguyễn", "Thị Kim", "Hoa")),
        ("Tôn Nữ Thị Ninh", ("Tôn Nữ", "Thị", "Ninh")),
        ("Anh Nguyễn Văn Ba", ("Nguyễn", "Văn", "Ba")),
        ("Ông Cao Thắng", ("Ông", "Cao", "Thắng")),
    ],
)
def test_the_parts_are_found_in_any_order(written: str, expected: tuple[str, str, str]) -> None:
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("written", "foreign", "married", "others"),
    [
        ("Jenny Nguyen", "Jenny", "", ()),
        ("Jenny Hoa Nguyen", "Jenny", "", ()),
        ("Nguyen Thi Hoa Jenny", "Jenny", "", ()),
        ("Nguyễn Thị Hoa (Jenny)", "", "", ("Jenny",)),
        ("Nguyễn Thị Hoa tức Jenny Nguyen", "", "", ("Jenny Nguyen",)),
        ("Nguyễn Thị Hoa - Jenny", "", "", ("Jenny",)),
        ("Chen Nguyen Thi Hoa", "", "Chen", ()),
        ("Hoa Smith", "", "Smith", ()),
        ("Smith Thi Hoa", "", "Smith", ()),
        ("Park Thị Mỹ Linh", "", "Park", ()),
        ("John Smith", "John", "Smith", ()),
    ],
)
def test_foreign_names_stand_apart(written: str, foreign: str, married: str, others: tuple[str, ...]) -> None:
    found = read(written)
    assert (found.foreign, found.married, found.others) == (foreign, married, others)


def test_a_name_that_may_stand_either_way_says_so() -> None:
    assert "order" in read("Mai Le").doubts
    assert read("Nguyễn Thị Hoa").doubts == ()
    assert read("Nguyễn Thị Hoa").certainty > read("Mai Le").certainty


def test_a_title_is_taken_off_and_tells_the_sex() -> None:
    assert read("Bà Nguyễn Thị Hoa").sex == "female"
    assert read("Mr Tran Van Ba").sex == "male"
    assert read("Bác Nguyễn Văn Ba").sex == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nguyễn Văn A, Nguyễn Thị B", "two-names"),
        ("Nguyễn Văn An và Trần Thị Bé", "two-names"),
        ("Nguyễn Văn An\nTrần Thị Bé", "two-names"),
        ("Trần Văn 12", "name-digits"),
        ("0912345678", "no-name"),
        ("!!!", None),
        ("()", None),
        ("x" * 121, "name-too-long"),
        ("a b c d e f g h i j k l m n", None),
    ],
)
def test_what_is_no_name_is_told(written: str, code: str | None) -> None:
    found = read_name(written)
    if code:
        assert isinstance(found, Problem)
        assert found.code == code
        assert found.message("vi")
        assert found.message("en")
    else:
        assert found is None or isinstance(found, (Name, Problem))


@pytest.mark.parametrize("written", ["", "  ", "-", "…", "không rõ", "Ko rõ", "KHONG CO", "n/a", "?"])
def test_an_empty_cell_is_nothing(written: str) -> None:
    assert read_name(written) is None


def test_given_names_that_look_like_nothing_are_names() -> None:
    assert read("Trọng").display == "Trọng"
    assert read("Khổng Văn Không").family == "Khổng"


def test_every_order_of_the_same_words_has_one_loose_key() -> None:
    assert read("Nguyễn Thị Mỹ").loose == read("Mi Thi Nguyen").loose


@pytest.mark.parametrize("written", ["McDonald Hoa", "H'Hen Niê", "Anne-Marie Nguyen", "O'Brien"])
def test_capitals_inside_foreign_names_stay(written: str) -> None:
    assert read(written).display == written
