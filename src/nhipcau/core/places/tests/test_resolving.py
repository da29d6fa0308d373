"""Addresses as people write them, and the units that they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.places import Answer, Resolver, Status, Version, shipped, type_of
from nhipcau.core.text import fold

TODAY, OLD = date(2026, 11, 23), date(2024, 1, 1)
UNITS = shipped()
RESOLVER = Resolver(UNITS)
ALL = sorted(UNITS.all(), key=lambda version: (version.key, version.since or date.min))


def ask(text: str, on: date | None = None) -> Answer:
    return RESOLVER.resolve(text, today=TODAY, on=on)


def whole(version: Version) -> str:
    return ", ".join([version.name, *(above.name for above in UNITS.parents(version))])


def read(answer: Answer) -> set[str]:
    return {whole(reading.unit) for reading in answer.readings}


def now(answer: Answer) -> set[str]:
    return {whole(unit) for unit in answer.now}


BINH_MY = "Xã Bình Mỹ, Huyện Châu Phú, Tỉnh An Giang"


@pytest.mark.parametrize(
    "text",
    [
        "xã Bình Mỹ, huyện Châu Phú, An Giang",
        "XÃ BÌNH MỸ, HUYỆN CHÂU PHÚ, TỈNH AN GIANG",
        "xa binh my, huyen chau phu, an giang",
        "binh my chau phu an giang",
        "X.Bình Mỹ,H.Châu Phú,T.An Giang",
        "X. Bình Mỹ - H. Châu Phú - T. An Giang",
        "An Giang, Châu Phú, Bình Mỹ",
        "Bình Mỹ/Châu Phú/An Giang",
        "Xa Binh Mi, Chau Phu",
        "Bình Mỹ, Châu Phú",
        "Tổ 5, ấp Bình Hòa, xã Bình Mỹ, huyện Châu Phú, tỉnh An Giang, Việt Nam",
        "12/3 đường Lê Lợi, xã Bình Mỹ (huyện Châu Phú), An Giang",
        "UBND xã Bình Mỹ, huyện Châu Phú",
    ],
)
def test_one_commune_in_many_ways(text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.FOUND
    assert read(answer) == {BINH_MY}
    assert now(answer) == {"Xã Bình Mỹ, Tỉnh An Giang"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P.01, Q.5, TP Hồ Chí Minh", "Phường Chợ Quán, Thành phố Hồ Chí Minh"),
        ("F1 Q5 HCM", "Phường Chợ Quán, Thành phố Hồ Chí Minh"),
        ("phường 1 quận 5 tphcm", "Phường Chợ Quán, Thành phố Hồ Chí Minh"),
        ("P. Bến Nghé, Q1, TP.HCM", "Phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("phường Sài Gòn, quận 1, tphcm", "Phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("phường Long Bình, quận 9, hcm", "Phường Long Bình, Thành phố Hồ Chí Minh"),
        ("Phường 3, TP Vị Thanh, Hậu Giang", "Phường Vị Thanh, Thành phố Cần Thơ"),
        ("phường Rạch Giá, Kiên Giang", "Phường Rạch Giá, Tỉnh An Giang"),
        ("TT. Phùng, H. Đan Phượng, HN", "Xã Đan Phượng, Thành phố Hà Nội"),
        ("xã ea hleo, huyện ea h'leo, daklak", "Xã Ea H'Leo, Tỉnh Đắk Lắk"),
        ("huyện đảo Lý Sơn, Quảng Ngãi", "Đặc khu Lý Sơn, Tỉnh Quảng Ngãi"),
        ("P. Cam Ly - Đà Lạt, Lâm Đồng", "Phường Cam Ly - Đà Lạt, Tỉnh Lâm Đồng"),
        ("Bình Định", "Tỉnh Gia Lai"),
        ("tỉnh Đồng Nai", "Thành phố Đồng Nai"),
        ("Thừa Thiên Huế", "Thành phố Huế"),
    ],
)
def test_abbreviations_numbers_old_and_new_names(text: str, expected: str) -> None:
    answer = ask(text)
    assert (answer.status, now(answer)) == (Status.FOUND, {expected})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ward 5, District 3, Ho Chi Minh City", "Phường 5, Quận 3, Thành phố Hồ Chí Minh"),
        (
            "123 Nguyen Hue St., Ben Nghe Ward, District 1, HCMC",
            "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
        ),
        ("Binh My commune, Chau Phu district, An Giang province, Vietnam", BINH_MY),
        ("Chau Phu District, An Giang", "Huyện Châu Phú, Tỉnh An Giang"),
        ("Ban Mê Thuột", "Thành phố Buôn Ma Thuột, Tỉnh Đắk Lắk"),
    ],
)
def test_addresses_as_people_abroad_write_them(text: str, expected: str) -> None:
    assert read(ask(text)) == {expected}


def test_saigon_alone_is_the_city_and_the_ward_when_it_says_so() -> None:
    assert now(ask("Sài Gòn")) == {"Thành phố Hồ Chí Minh"}
    assert now(ask("phường Sài Gòn")) == {"Phường Sài Gòn, Thành phố Hồ Chí Minh"}


@pytest.mark.parametrize(
    "text",
    [
        "xã Bình Mỹ Đông, Châu Phú, An Giang",
        "Bình Mỹ Đông, Châu Phú, An Giang",
        "Tân Bình Mỹ, Châu Phú, An Giang",
        "xã Bình Mỹ 7, huyện Châu Phú",
        "xã Bình Mỹ, huyện Châu Phú Tây, An Giang",
        "Bản Mế Lạ",
    ],
)
def test_a_name_that_only_begins_or_ends_like_a_known_one_is_another(text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.UNKNOWN
    assert answer.missing


@pytest.mark.parametrize(
    "text",
    [
        "số 1 Tràng Tiền, Hoàn Kiếm, Hà Nội 100000",
        "phường Tràng Tiền quận Hoàn Kiếm Hà Nội Việt Nam",
        "UBND phường Tràng Tiền (quận Hoàn Kiếm cũ), HN",
    ],
)
def test_what_is_no_part_of_a_name_does_not_hide_it(text: str) -> None:
    assert read(ask(text)) == {"Phường Tràng Tiền, Quận Hoàn Kiếm, Thành phố Hà Nội"}


def test_a_divided_commune_gives_candidates() -> None:
    divided = next(v for v in ALL if v.tier == "commune" and v.until and UNITS.divided(v.key))
    answer = ask(whole(divided))
    assert answer.status is Status.DIVIDED
    assert {unit.key for unit in answer.now} == {edge.successor for edge in UNITS.after(divided.key)}


def test_no_divided_commune_is_ever_given_to_one_of_its_successors() -> None:
    for version in ALL:
        if version.tier == "commune" and version.until and UNITS.divided(version.key):
            answer = RESOLVER.resolve(whole(version), today=TODAY, suggest=False)
            assert answer.status in (Status.DIVIDED, Status.AMBIGUOUS), whole(version)
            assert len(answer.now) > 1


def test_a_name_that_several_bear_gives_all_of_them() -> None:
    answer = ask("xã Tân Thành, Long An")
    assert answer.status is Status.AMBIGUOUS
    assert read(answer) == {
        f"Xã Tân Thành, Huyện {district}, Tỉnh Long An" for district in ("Mộc Hóa", "Tân Thạnh", "Thủ Thừa")
    }


def test_marks_decide_only_between_units_that_fit_equally() -> None:
    quan = "Xã Minh Quân, Huyện Trấn Yên, Tỉnh Yên Bái"
    assert read(ask(quan)) == {quan}
    assert len(read(ask(fold(quan)))) == 2


def test_a_province_is_meant_before_a_city_or_a_commune_of_its_name() -> None:
    assert now(ask("Cao Bằng")) == {"Tỉnh Cao Bằng"}
    assert read(ask("TP Cao Bằng")) == {"Thành phố Cao Bằng, Tỉnh Cao Bằng"}


def test_an_abolished_district_is_what_its_communes_became() -> None:
    answer = ask("huyện Châu Phú, An Giang")
    assert answer.status is Status.FOUND
    assert {"Xã Bình Mỹ, Tỉnh An Giang", "Xã Châu Phú, Tỉnh An Giang"} <= now(answer)


def test_a_unit_of_the_text_that_is_not_there_is_named_and_near_ones_offered() -> None:
    answer = ask("xã Bình Mỹy, huyện Châu Phú, An Giang")
    assert (answer.status, answer.missing) == (Status.UNKNOWN, ["xã Bình Mỹy"])
    assert BINH_MY in {whole(unit) for unit in answer.near[:2]}


@pytest.mark.parametrize("wrong", ["Hà Nội", "huyện Châu Thành, An Giang"])
def test_a_commune_that_is_not_in_the_district_or_province_named_is_unknown(wrong: str) -> None:
    answer = ask(f"xã Bình Mỹ, {wrong}")
    assert (answer.status, answer.missing) == (Status.UNKNOWN, ["xã Bình Mỹ"])
    assert "Bình Mỹ" in answer.near[0].name


def test_an_address_is_read_as_of_its_day() -> None:
    today = ask("phường Sài Gòn, TP HCM", on=OLD)
    assert {whole(unit) for unit in today.readings[0].then} == {
        f"Phường {name}, Quận 1, Thành phố Hồ Chí Minh" for name in ("Bến Nghé", "Đa Kao", "Nguyễn Thái Bình")
    }
    assert read(ask("xã Bình Mỹ, An Giang", on=OLD)) == {BINH_MY}
    assert read(ask("xã Bình Mỹ, An Giang", on=TODAY)) == {"Xã Bình Mỹ, Tỉnh An Giang"}
    (then,) = ask("xã Bình Mỹ, huyện Châu Phú", on=date(2025, 7, 1)).readings[0].then
    assert whole(then) == "Xã Bình Mỹ, Tỉnh An Giang"


@pytest.mark.parametrize("text", ["", "  ", ",,,", "xã", "12345", "²", "\x00", "xyz", "đường Lê Lợi", "🏠"])
def test_what_names_no_unit_is_unknown(text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.UNKNOWN
    assert answer.readings == []


def test_every_unit_is_among_what_its_whole_address_means() -> None:
    lost = [
        whole(version)
        for version in ALL
        if version.key
        not in {
            reading.unit.key
            for reading in RESOLVER.resolve(fold(whole(version)), today=TODAY, suggest=False).readings
        }
    ]
    assert lost == []


def test_many_addresses_have_an_answer_each() -> None:
    texts = [BINH_MY, "Bình Định", BINH_MY, "không đâu"]
    found = list(RESOLVER.resolve_many(texts, today=TODAY))
    assert [answer.status for answer in found] == ["found", "found", "found", "unknown"]
    assert found[0] is found[2]


@pytest.mark.parametrize(
    ("name", "tier", "expected"),
    [
        ("Phường Năm", "commune", "ward"),
        ("TP. Châu Đốc", "district", "provincial_city"),
        ("Thành phố Huế", "province", "city"),
        ("thi tran Phung", "commune", "township"),
        ("Quán Thánh", "district", ""),
        ("Quận 5", "commune", ""),
        ("Xã", "commune", ""),
        ("Sở Nội vụ", "department", ""),
    ],
)
def test_a_name_says_its_type(name: str, tier: str, expected: str) -> None:
    assert type_of(name, tier) == expected


WRITTEN = (
    str,
    str.upper,
    fold,
    lambda text: text.replace(", ", ","),
    lambda text: text.replace(", ", " - "),
    lambda text: text.replace(", ", " "),
    lambda text: f"Số 7, {text}, Việt Nam",
    lambda text: ", ".join(reversed(text.split(", "))),
    lambda text: text.replace("Xã ", "X.").replace("Huyện ", "H.").replace("Tỉnh ", "T."),
    lambda text: text.replace("Phường ", "P. ").replace("Quận ", "Q. ").replace("Thành phố ", "TP "),
    lambda text: text.replace("Thị trấn ", "TT ").replace("Thị xã ", "TX."),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(WRITTEN), st.sampled_from(WRITTEN))
def test_however_it_is_written_it_is_found(version, one, other) -> None:  # type: ignore[no-untyped-def]
    answer = RESOLVER.resolve(other(one(whole(version))), today=TODAY, suggest=False)
    assert version.key in {reading.unit.key for reading in answer.readings}
    if answer.status is Status.FOUND and version.tier != "district":
        assert answer.now == UNITS.on(version.key, TODAY)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, OLD, TODAY, date.min, date.max]))
def test_any_text_has_an_answer(text: str, on: date | None) -> None:
    answer = ask(text, on)
    assert bool(answer.readings) == (answer.status is not Status.UNKNOWN)
