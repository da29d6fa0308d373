"""Worlds: which peoples live there, where they went, and how well the sources are kept.

Decided before any of it was linked. `heldout` worlds have habits of their own and serve no tuning: they are
scored once, at the end of a piece of work on the model.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.core.linkage.tests.unseen.peoples import CENTRE, CHAM, HOA, KHMER, NORTH, SOUTH, UPLAND, People

_LANDS = {
    "US": "Mỹ|Hoa Kỳ|USA|U.S.A|Huê Kỳ|Hoa Kì|My|United States of America|California, USA|Texas - Mỹ",
    "TW": "Đài Loan|Taiwan|ĐL|Dai Loan|Taiwan (R.O.C)|Cao Hùng, Đài Loan",
    "KR": "Hàn Quốc|Korea|HQ|South Korea|Nam Triều Tiên|Busan, Hàn Quốc|Đại Hàn",
    "KH": "Campuchia|CPC|Cambodia|Căm Bốt|Cao Miên|Phnom Penh",
    "JP": "Nhật Bản|Nhật|Japan|NB|Osaka, Nhật",
    "AU": "Úc|Australia|Ôxtrâylia|Sydney, Úc|Úc châu",
    "CA": "Canada|Gia Nã Đại|Ca na đa|Toronto, Canada",
    "MY": "Malaysia|Mã Lai|Ma lai xi a",
    "FR": "Pháp|France|Pháp quốc|Paris",
    "DE": "Đức|Germany|CHLB Đức|Deutschland|Tây Đức|Berlin",
    "SG": "Singapore|Sing|Tân Gia Ba",
    "LA": "Lào|Laos|CHDCND Lào",
    "TH": "Thái Lan|Thailand|Thái",
    "RU": "Nga|LB Nga|Liên bang Nga|Russia|Matxcơva",
    "CZ": "Séc|CH Séc|Tiệp Khắc|Czech|Praha",
    "PL": "Ba Lan|Poland|Vác-sa-va",
    "AO": "Angola|Ăng gô la",
    "GB": "Anh|Anh Quốc|UK|England|London",
    "NO": "Na Uy|Norway",
}
CALLING = {
    "US": "1", "TW": "886", "KR": "82", "KH": "855", "JP": "81", "AU": "61", "CA": "1", "MY": "60",
    "FR": "33",
    "DE": "49", "SG": "65", "LA": "856", "TH": "66", "RU": "7", "CZ": "420", "PL": "48", "AO": "244",
    "GB": "44",
    "NO": "47",
}  # fmt: skip
LANDS = {code: tuple(names.split("|")) for code, names in _LANDS.items()}


@dataclass(frozen=True, slots=True)
class World:
    """What a set of records is drawn from."""

    peoples: tuple[tuple[People, float], ...]
    lands: dict[str, float]
    known: tuple[float, float]
    """Between which shares each source fills a field that it has."""
    fields: tuple[int, int]
    """How many of the nine fields beside name and birth a source has."""
    sources: tuple[int, int] = (3, 7)
    heldout: bool = False


_FAR = {
    "US": 30.0,
    "TW": 18,
    "KR": 12,
    "KH": 10,
    "JP": 8,
    "AU": 7,
    "CA": 5,
    "MY": 3,
    "FR": 3,
    "DE": 2,
    "SG": 2,
}
WORLDS = {
    "delta": World(((SOUTH, 62), (KHMER, 16), (HOA, 14), (CHAM, 8)), _FAR | {"NO": 1}, (0.45, 0.95), (5, 9)),
    "centre": World(
        ((CENTRE, 100),),
        {"US": 22, "LA": 18, "TH": 8, "JP": 15, "KR": 12, "TW": 8, "DE": 5, "AU": 5, "AO": 4, "GB": 3},
        (0.45, 0.95),
        (5, 9),
    ),
    "border": World(
        ((KHMER, 40), (CHAM, 20), (SOUTH, 40)),
        {"KH": 60.0, "MY": 15, "TH": 10, "US": 15},
        (0.45, 0.9),
        (5, 9),
    ),
    "villages": World(((SOUTH, 70), (CENTRE, 30)), _FAR, (0.6, 0.98), (6, 9)),
    "thin": World(((SOUTH, 70), (CENTRE, 20), (HOA, 10)), _FAR, (0.3, 0.8), (3, 6)),
    "upland": World(
        ((UPLAND, 55), (NORTH, 45)),
        {"RU": 12, "CZ": 14, "PL": 10, "DE": 16, "KR": 16, "JP": 16, "TW": 10, "LA": 6},
        (0.45, 0.95),
        (5, 9),
        heldout=True,
    ),
}
