"""Agency phrases as documents write them, against a directory of two provinces' kinds of names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.apps.orgs.directory import Directory, Known
from nhipcau.apps.plans.bodies import split_bodies
from nhipcau.apps.plans.groups import group_of
from nhipcau.apps.plans.matching import Matcher

DAY = date(2026, 11, 1)
NAMES = {
    1: ("Ủy ban nhân dân tỉnh Lam Giang", "UBND tỉnh", "peoples_committee"),
    2: ("Văn phòng Ủy ban nhân dân tỉnh", "VPUBND", "department"),
    3: ("Sở Ngoại vụ", "SNgV", "department"),
    4: ("Sở Kế hoạch và Đầu tư", "", "department"),
    5: ("Sở Giáo dục và Đào tạo", "", "department"),
    6: ("Sở Lao động - Thương binh và Xã hội", "", "department"),
    7: ("Sở Văn hóa, Thể thao và Du lịch", "", "department"),
    8: ("Công an tỉnh Lam Giang", "", "force"),
    9: ("Bộ Chỉ huy Quân sự tỉnh", "", "force"),
    10: ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "", "association"),
    11: ("Xã Tân Phú", "", "commune"),
    12: ("Phường Long Xuyên", "", "commune"),
    13: ("Ban Quản lý Khu kinh tế tỉnh", "", "department"),
    14: ("Trường Đại học Lam Giang", "", "unit"),
    15: ("Liên hiệp các tổ chức hữu nghị tỉnh", "", "association"),
    16: ("Hội Liên hiệp Phụ nữ tỉnh", "", "association"),
    17: ("Đài Phát thanh và Truyền hình Lam Giang", "", "unit"),
    18: ("Hội Nông dân tỉnh", "", "association"),
    19: ("Hội Nhà báo tỉnh", "", "association"),
    20: ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch", "", "unit"),
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    known = {
        pk: Known(pk, name, short, kind, name.lower(), ("Đoàn Thanh niên",) if pk == 16 else ())
        for pk, (name, short, kind) in NAMES.items()
    }
    return Matcher(
        Directory(DAY, known), {"tttt": ["Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch"]}, ["Lam Giang"]
    )


@pytest.mark.parametrize(
    ("phrase", "pk"),
    [
        ("Sở Ngoại vụ", 3),
        ("sở  ngoại vụ;", 3),
        ("SNgV", 3),
        ("Sở Ngoại vụ tỉnh Lam Giang", 3),
        ("Sở KH&ĐT", 4),
        ("Sở KH-ĐT", 4),
        ("Sở KHĐT", 4),
        ("Sở KH và ĐT", 4),
        ("SKHĐT", 4),
        ("Sở Kế hoạch & Đầu tư", 4),
        ("Sở GD-ĐT", 5),
        ("Sở GD&ĐT tỉnh", 5),
        ("Sở Lao động – Thương binh và Xã hội", 6),
        ("Sở LĐ-TB&XH", 6),
        ("Sở LĐTBXH", 6),
        ("Sở Lao động, Thương binh và Xã hội", 6),
        ("Sở VHTTDL", 7),
        ("Sở VH,TT&DL", 7),
        ("Sở Văn hoá, Thể thao và Du lịch", 7),
        ("CA tỉnh", 8),
        ("Công an tỉnh", 8),
        ("Công an Tỉnh Lam Giang", 8),
        ("BCH Quân sự tỉnh", 9),
        ("BCHQS tỉnh", 9),
        ("Bộ CHQS tỉnh", 9),
        ("UBND tỉnh", 1),
        ("Ủy ban nhân dân tỉnh", 1),
        ("Uỷ ban nhân dân tỉnh Lam Giang", 1),
        ("VP UBND tỉnh", 2),
        ("Văn phòng UBND tỉnh", 2),
        ("UBMTTQVN tỉnh", 10),
        ("UBMTTQ tỉnh", 10),
        ("Ủy ban Mặt trận Tổ quốc tỉnh", 10),
        ("Ủy ban MTTQ Việt Nam tỉnh", 10),
        ("UBND xã Tân Phú", 11),
        ("Ủy ban nhân dân phường Long Xuyên", 12),
        ("BQL Khu kinh tế", 13),
        ("Trường ĐH Lam Giang", 14),
        ("Liên hiệp các Tổ chức Hữu nghị", 15),
        ("Hội LHPN tỉnh", 16),
        ("Đoàn thanh niên", 16),
        ("Đài PTTH Lam Giang", 17),
        ("Đài PT-TH tỉnh", 17),
        ("TTTT", 20),
        ("Giám đốc Sở Ngoại vụ", 3),
        ("Chủ tịch UBND xã Tân Phú", 11),
        ("Trường Đại học Lam Giang (đơn vị đầu mối)", 14),
    ],
)
def test_a_body_is_known_however_it_is_written(matcher: Matcher, phrase: str, pk: int | None) -> None:
    assert matcher.match(phrase).organisation == pk


@pytest.mark.parametrize(
    "phrase", ["Hội N", "HN", "Sở Xây dựng", "Bộ Ngoại giao", "UBND huyện Châu Thành", "xã Tân"]
)
def test_what_is_unknown_or_fits_two_is_never_guessed(matcher: Matcher, phrase: str) -> None:
    found = matcher.match(phrase)
    assert (found.organisation, found.set, found.as_written) == (None, None, False)


def test_a_province_is_not_the_city_of_its_name(matcher: Matcher) -> None:
    assert matcher.match("Công an thành phố Lam Giang").organisation is None
    assert matcher.match("Công an thành phố").organisation is None
    city = Matcher(matcher.known, {}, ["thành phố Cần Thơ"])
    for phrase in (
        "Công an thành phố",
        "Công an TP Cần Thơ",
        "Công an TP. Cần Thơ",
        "Công an Thành phố Cần Thơ",
    ):
        assert city.match(phrase).organisation == 8


def test_two_that_fit_are_offered(matcher: Matcher) -> None:
    known = {
        pk: Known(pk, name, "", "association", name) for pk, (name, *_rest) in NAMES.items() if pk in (18, 19)
    }
    both = Matcher(Directory(DAY, known))
    assert set(both.match("Hội NB tỉnh").candidates) <= {19}
    assert both.match("Hội Nông dân").organisation == 18
    assert matcher.match("Sở Giáo dục Đào tạo và Nghề nghiệp").candidates[0] == 5
    assert matcher.match("Sở Ngoại vụ mở hai lớp tiếng Việt cho con em kiều bào").candidates[0] == 3


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("UBND các xã, phường", {"commune"}),
        ("Ủy ban nhân dân các xã, phường, đặc khu", {"commune"}),
        ("các xã, phường", {"commune"}),
        ("UBND cấp xã", {"commune"}),
        ("các sở, ban, ngành", {"department"}),
        ("Các Sở, ban, ngành", {"department"}),
        ("các sở, ngành", {"department"}),
        ("Sở, ban, ngành thành phố", {"department"}),
        ("các sở, ban, ngành tỉnh", {"department"}),
        ("Thủ trưởng các sở, ban, ngành", {"department"}),
        ("Thủ trưởng cơ quan, ban, ngành", {"department"}),
        ("Giám đốc các Sở, Thủ trưởng các ngành, cơ quan cấp tỉnh", {"department"}),
        ("Chủ tịch UBND các xã, phường", {"commune"}),
        ("Sở, ban, ngành thuộc Ủy ban nhân dân Thành phố", {"department"}),
        ("UBND các huyện, thị xã, thành phố", {"district"}),
        ("Ủy ban nhân dân quận, huyện", {"district"}),
        ("UBND các huyện, thành phố, thị xã", {"district"}),
        ("Các sở, ban, ngành, quận, huyện, thị xã thuộc Thành phố", {"department", "district"}),
        ("các sở, ngành, UBND các huyện, thị xã, thành phố", {"department", "district"}),
        ("các sở, ban, ngành, đoàn thể", {"department", "association"}),
        ("Các Sở, ban, ngành đoàn thể cấp tỉnh", {"department", "association"}),
        ("các sở, ban, ngành và UBND các xã, phường", {"department", "commune"}),
        ("các đoàn thể chính trị - xã hội tỉnh", {"association"}),
        ("các sở, ban, ngành, địa phương", {"department", "district", "commune"}),
    ],
)
def test_a_group_speaks_of_kinds(phrase: str, kinds: set[str]) -> None:
    group = group_of(phrase)
    assert group is not None
    assert (set(group.kinds), group.vague) == (kinds, False)


@pytest.mark.parametrize(
    "phrase",
    [
        "các cơ quan liên quan",
        "các cơ quan, đơn vị liên quan",
        "cơ quan có liên quan",
        "các đơn vị có liên quan",
        "các Sở, ngành liên quan",
        "các cơ quan, đơn vị hữu quan",
        "Các sở, ban, ngành, đoàn thể hữu quan khác",
        "các sở, ngành, địa phương liên quan",
        "các cơ quan, đơn vị, địa phương",
        "các đơn vị liên quan",
        "các ngành liên quan",
        "các cơ quan chức năng",
        "các cơ quan phối hợp",
        "Các cơ quan, đơn vị được giao chủ trì",
        "các Bộ, ngành Trung ương",
        "Các sở, ngành có liên quan theo chức năng, nhiệm vụ quản lý được giao",
        "Các cơ quan quản lý nhà nước, tổ chức, cá nhân liên quan",
        "Các doanh nghiệp, tổ chức kinh tế, cơ sở giáo dục",
        "các bộ ngành, địa phương",
        "các cơ quan đại diện Việt Nam ở nước ngoài",
    ],
)
def test_who_is_concerned_stays_as_written(matcher: Matcher, phrase: str) -> None:
    found = matcher.match(phrase)
    assert found.as_written
    assert found.organisation is None


@pytest.mark.parametrize(
    "phrase", ["Sở Ngoại vụ", "Công an tỉnh", "Hội Nông dân tỉnh", "Ban Dân tộc", "xã Tân Phú", ""]
)
def test_a_single_body_is_no_group(phrase: str) -> None:
    assert group_of(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "bodies"),
    [
        ("Sở Công Thương; các sở, ban, ngành", ["Sở Công Thương", "các sở, ban, ngành"]),
        (
            "Sở, ban, ngành thành phố và Ủy ban nhân dân quận, huyện",
            ["Sở, ban, ngành thành phố", "Ủy ban nhân dân quận, huyện"],
        ),
        ("Tỉnh ủy, UBND tỉnh", ["Tỉnh ủy", "UBND tỉnh"]),
        ("các sở, ngành, UBND các xã, phường", ["các sở, ngành", "UBND các xã, phường"]),
        ("Sở Kế hoạch và Đầu tư, Công an tỉnh", ["Sở Kế hoạch và Đầu tư", "Công an tỉnh"]),
    ],
)
def test_a_list_of_bodies_is_cut_where_a_new_one_begins(phrase: str, bodies: list[str]) -> None:
    assert split_bodies(phrase) == bodies


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            ["các", "sở", "ban", ",", "và", "UBND", "xã", "phường", "liên", "quan", "cấp", "-", ";"]
        )
    ).map(" ".join)
)
def test_any_phrase_gives_an_answer(phrase: str) -> None:
    known = {1: Known(1, "Sở Công Thương", "", "department", "s")}
    found = Matcher(Directory(DAY, known)).match(phrase)
    assert (found.organisation is not None) + (found.set is not None) + bool(found.candidates) <= 1
    split_bodies(phrase)
