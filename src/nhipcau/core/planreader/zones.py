"""Which row belongs to which part of an official document: letterhead, type, title, body, recipients,
signature, annex.
"""

from __future__ import annotations

import re

from nhipcau.core.planreader.endings import Zone, mark_end
from nhipcau.core.planreader.joining import is_caps, unclosed
from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.layout import TERMINAL, Layout, is_full, starts_low
from nhipcau.core.planreader.rows import Row
from nhipcau.core.planreader.words import TYPES

FRONT_ROWS = 160
NATION = re.compile(
    r"^(?:cộng hòa(?: xã(?: hội)?)?(?: chủ nghĩa việt nam)?|(?:xã )?(?:hội )?chủ nghĩa việt nam|"
    r"nghĩa việt nam|độc lập ?- ?tự do ?- ?hạnh phúc\.?|"
    r"tự do ?- ?hạnh phúc|đảng cộng sản(?: việt nam)?|đoàn (?:tncs|thanh niên cộng sản) hồ chí minh)$"
)
NUMBER = re.compile(
    r"^số ?:? ?(?:[\d .…_]*[/-] ?(?:20\d\d ?/ ?)?[a-zđ]{1,}[\w/&.-]*(?: ?[-/] ?[\w/&.-]+)*|[\d .…_]*:?)$"
)
BARE_NUMBER = re.compile(r"^\d{1,5} ?[/-] ?(?:20\d\d ?/ ?)?[a-zđ]{2,}[\w/&.-]*$")
PLACE_DATE = re.compile(r"^(?:[^,;:\d]{2,60}, ?)?ngày[\s\d.…_/]*tháng[\s\d.…_]*năm ?[\d.…]*$")
PLACE_DATE_START = re.compile(r"^[^,;:\d]{2,45},(?: ?ngày[\s\d.…_]*(?:tháng[\s\d.…_]*)?(?:năm)?)?$")
DATE_REST = re.compile(r"^(?:ngày |tháng |năm )?[\s\d.…_]*(?:tháng[\s\d.…_]*)?(?:năm ?[\d.…]*)?$")
SUBJECT = re.compile(r"^v ?/ ?v\b")
ADDRESS = re.compile(r"^kính gửi\b")


def zones_of(rows: list[Row], layout: Layout) -> list[Zone]:
    """The zone of each row, in the order of the rows."""
    zones: list[Zone] = ["body"] * len(rows)
    _mark_letterhead(rows, zones)
    _mark_type_and_title(rows, zones, layout)
    mark_end(rows, zones)
    return zones


# ---- letterhead


def _seed(row: Row) -> bool:
    if row.text[0].islower():
        return False
    return bool(
        NATION.match(row.low)
        or (NUMBER.match(row.low) and len(row.text) < 60)
        or (PLACE_DATE.match(row.low) and len(row.text) < 80)
    )


def _mark_letterhead(rows: list[Row], zones: list[Zone]) -> None:
    """Rows of the nation's name, number, place and date, and the rows in capitals that stand with them."""
    last_seed = -1
    for i, row in enumerate(rows[:FRONT_ROWS]):
        if zones[i] != "body" or not _seed(row):
            continue
        zones[i] = "letterhead"
        last_seed = i
        _mark_upwards(rows, zones, i)
        _mark_downwards(rows, zones, i)
    if last_seed >= 0:
        _mark_subject(rows, zones, last_seed)


def _mark_upwards(rows: list[Row], zones: list[Zone], i: int) -> None:
    low = rows[i].low
    if i and zones[i - 1] == "body" and re.match(r"^[^,]{1,20}, ?ngày", low) and _short_name(rows[i - 1]):
        zones[i - 1] = "letterhead"
        i -= 1
    for k in range(i - 1, max(-1, i - 7), -1):
        if zones[k] != "body" or not _letterhead_caps(rows[k]):
            return
        zones[k] = "letterhead"


def _short_name(row: Row) -> bool:
    """The first half of a place name that a line break cut ("Thành phố Hồ Chí⏎Minh, ngày …")."""
    return (
        len(row.text) <= 30
        and row.text[-1] not in TERMINAL + ","
        and row.text.istitle() is not None
        and row.text[0].isupper()
    )


def _mark_downwards(rows: list[Row], zones: list[Zone], i: int) -> None:
    low, k = rows[i].low, i + 1
    if k >= len(rows):
        return
    if NUMBER.match(low) and BARE_NUMBER.match(rows[k].low):
        zones[k] = "letterhead"
    elif NATION.match(low):
        while k < len(rows) and (
            NATION.match(rows[k].low) or (_letterhead_caps(rows[k]) and _more_to_come(rows, k))
        ):
            zones[k] = "letterhead"
            k += 1


def _more_to_come(rows: list[Row], k: int) -> bool:
    """Whether more of the letterhead stands within the next rows."""
    return any(_seed(r) for r in rows[k + 1 : k + 6])


def _letterhead_caps(row: Row) -> bool:
    return (
        is_caps(row.text)
        and label_at(row.text) is None
        and row.text[-1] not in ".;:"
        and not is_type(row)
        and len(row.text) < 90
    )


def join_split_dates(rows: list[Row]) -> list[Row]:
    """Place and date, or "Số:" and its number, that a line break cut in two, as one row (first rows of the
    text only).
    """
    joined: list[Row] = []
    for i, row in enumerate(rows):
        before = joined[-1] if joined else None
        if (
            before is not None
            and i < FRONT_ROWS
            and len(before.text) < 60
            and len(row.text) < 60
            and _halves(before, row)
        ):
            before.text = f"{before.text} {row.text}"
            before.low = f"{before.low} {row.low}"
            continue
        joined.append(row)
    return joined


def _halves(before: Row, row: Row) -> bool:
    if before.low in ("số:", "số") and BARE_NUMBER.match(row.low):
        return True
    if (
        _short_name(before)
        and len(before.text) < 25
        and not is_caps(before.text)
        and PLACE_DATE.match(row.low)
    ):
        return bool(re.match(r"^[^,]{1,20}, ?ngày", row.low)) and label_at(before.text) is None
    if not PLACE_DATE_START.match(before.low) or is_caps(before.text):
        return False
    return bool(PLACE_DATE.match(f"{before.low} {row.low}"))


def _mark_subject(rows: list[Row], zones: list[Zone], last_seed: int) -> None:
    """The subject of a letter ("V/v …") and its address ("Kính gửi: …")."""
    for i, row in enumerate(rows[: last_seed + 12]):
        if SUBJECT.match(row.low):
            k = i
            while (
                k < len(rows)
                and k < i + 6
                and zones[k] == "body"
                and not ADDRESS.match(rows[k].low)
                and (k == i or rows[k].gap < 2)
            ):
                zones[k] = "subject"
                k += 1
        if ADDRESS.match(row.low):
            zones[i] = "address"
            k = i + 1
            while (
                k < len(rows)
                and k < i + 25
                and (label_at(rows[k].text) or starts_low(rows[k].text))
                and len(rows[k].text) < 110
            ):
                if rows[k].text[-1] == ":" or not (
                    rows[k].text.startswith(("-", "+", "–")) or starts_low(rows[k].text)
                ):
                    break
                zones[k] = "address"
                k += 1
            return


# ---- type and title

_BODY_OPENERS = re.compile(
    r"^(?:căn cứ|thực hiện|để |nhằm |thời gian qua|ủy ban nhân dân|ubnd|trong thời gian|sau khi|xét |theo |"
    r"triển khai|hội đồng|chủ tịch|ngày |năm |qua )"
)


def is_type(row: Row) -> bool:
    """Whether a row is the name of a document's type in capitals, letters set apart or not ("K Ế  H O Ạ C
    H").
    """
    return is_caps(row.text) and type_named(row.low) is not None


def type_named(low: str) -> str | None:
    """The type that a row names, or None."""
    bare = low.strip(" .:*")
    if TYPES.fullmatch(bare):
        return bare
    if re.fullmatch(r"(?:\w ){3,}\w", bare):
        tight = bare.replace(" ", "")
        for m in TYPES.pattern[3:-7].split("|"):
            if m.replace("\\ ", "") == tight:
                return m.replace("\\ ", " ")
    return None


def _mark_type_and_title(rows: list[Row], zones: list[Zone], layout: Layout) -> None:
    at = next((i for i, r in enumerate(rows[:80]) if zones[i] == "body" and is_type(r)), None)
    if at is None:
        if rows and "subject" not in zones and "address" not in zones:
            _mark_bare_title(rows, zones)
        return
    zones[at] = "type"
    _mark_bare_letterhead(rows, zones, at)
    k = at + 1
    while k < len(rows) and k <= at + 12 and zones[k] == "body" and _title_goes_on(rows, at, k, layout):
        zones[k] = "title"
        k += 1


_BODY_HEAD = re.compile(
    r"^(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|sở|bộ|tỉnh|thành phố|huyện|ban|cục|chi cục|văn phòng|"
    r"trường|trung tâm|công an|"
    r"xã|phường|đảng ủy|hội|liên đoàn|viện)\b"
)


def _mark_bare_letterhead(rows: list[Row], zones: list[Zone], at: int) -> None:
    """Names of bodies in capitals above the type, where neither number nor motto came along."""
    for k in range(at - 1, max(-1, at - 4), -1):
        if zones[k] != "body" or not _letterhead_caps(rows[k]) or not _BODY_HEAD.match(rows[k].low):
            return
        zones[k] = "letterhead"


def _title_goes_on(rows: list[Row], at: int, k: int, layout: Layout) -> bool:
    row, before = rows[k], rows[k - 1]
    if label_at(row.text) is not None and not starts_low(row.text):
        return False
    if k == at + 1:
        return len(row.text) < 400
    if unclosed(" ".join(r.text for r in rows[at + 1 : k])):
        return True
    if before.text.endswith("-") or (row.text[0].isdigit() and before.text[-1] not in ".;:"):
        return True
    if is_caps(before.text) != is_caps(row.text):
        return starts_low(row.text) and not row.gap
    if is_caps(row.text):
        return (
            not re.match(r"^(?:ủy ban nhân dân|chủ tịch|hội đồng nhân dân|giám đốc|quyết định)", row.low)
            or not row.gap
        )
    if before.text[-1] in ".;:" or (row.gap and layout.gaps):
        return starts_low(row.text) and before.text[-1] not in ".;:"
    if starts_low(row.text):
        return True
    return (
        not _BODY_OPENERS.match(row.low)
        and row.gap <= 1
        and (row.gap == 0 or is_full(before, row, layout))
        and row.gap == before.gap
    )


def _mark_bare_title(rows: list[Row], zones: list[Zone]) -> None:
    """A text whose letterhead was lost: its first rows are the title when a legal basis follows them."""
    first = next((i for i, z in enumerate(zones) if z == "body"), None)
    if first is None or label_at(rows[first].text) is not None:
        return
    k = first + 1
    while k < min(len(rows), first + 10):
        if (
            _BODY_OPENERS.match(rows[k].low)
            and rows[k - 1].text[-1] not in ".;:,"
            and not starts_low(rows[k].text)
        ):
            for i in range(first, k):
                zones[i] = "title"
            return
        if rows[k - 1].text[-1] in ".;:" or label_at(rows[k].text) is not None:
            return
        k += 1
