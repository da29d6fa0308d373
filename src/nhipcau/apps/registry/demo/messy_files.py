"""Four lists as they come: a commune's sheet, an association's by hand, an export of the labour department,
an older register in TCVN3. Each writes of invented people in its own way, some of them of the same ones.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import xlsxwriter

from nhipcau.apps.registry.demo import invented as way
from nhipcau.apps.registry.demo.invented import Invented, Place
from nhipcau.core.text.legacy import TCVN3

SEED = 187
COMMUNE, ASSOCIATION, LABOUR, EARLIER = 1_500, 1_200, 1_300, 1_000
# How many of a list an earlier one names too.
KNOWN_BEFORE = 180
WRONG = 0.015
_TO_TCVN3 = {letter: printed for printed, letter in TCVN3.items()}


def files(own: Sequence[Place]) -> dict[str, bytes]:
    """Name → bytes, in the order in which they come; `own` are communes of our province."""
    random = Random(SEED)  # noqa: S311  # no secret
    places = [*own, *own, *random.sample(way.former_communes(), 25)]
    everybody = way.people(COMMUNE + ASSOCIATION + LABOUR + EARLIER - 3 * KNOWN_BEFORE, random, places)
    lists: list[list[Invented]] = []
    for size in (COMMUNE, EARLIER, LABOUR, ASSOCIATION):
        before = [person for each in lists for person in each]
        known = random.sample(before, KNOWN_BEFORE) if before else []
        fresh = [everybody.pop() for _each in range(size - len(known))]
        mixed = [*fresh, *known]
        random.shuffle(mixed)
        lists.append(mixed)
    commune, earlier, labour, association = lists
    return {
        "Danh sach nguoi dang o nuoc ngoai - xa Cau May.xlsx": _commune(commune, random),
        "so-theo-doi-2009.csv": _earlier(earlier, random),
        "LDXK_export.csv": _labour(labour, random),
        "Danh sách bà con - Hội Liên lạc gửi lần 2.xlsx": _association(association, random),
    }


def _commune(people: Iterable[Invented], random: Random) -> bytes:
    """With a title, two rows of headings, years of birth in a column for men and one for women."""
    rows = []
    for number, person in enumerate(people, start=1):
        born = way.birth_as_typed(person, random)
        cells = [
            str(number),
            way.name_as_typed(person, random),
            born if person.sex == "M" else "",
            born if person.sex == "F" else "",
            way.commune_as_typed(person, random) if person.province else person.commune,
            person.district,
            way.country_as_typed(person, random),
            person.city if random.random() < 0.6 else "",
            way.GROUPS[person.group],
            str(person.left),
            f"{person.relative} ({person.relation}) {person.relative_phone}",
            random.choice(("", "", "về thăm nhà năm 2019", "gia đình khá")),
        ]
        if random.random() < WRONG:
            cells = way.spoilt(cells, (1, 3 if person.sex == "F" else 2, 6), random)
        rows.append(cells)
    head = ["STT", "Họ và tên", "Năm sinh", "", "Xã, phường", "Huyện", "Nước cư trú", "Thành phố, bang"]
    head += ["Diện", "Năm xuất cảnh", "Họ tên thân nhân", "Ghi chú"]
    below = ["", "", "Nam", "Nữ", *[""] * 8]
    title = [["ỦY BAN NHÂN DÂN XÃ CẦU MÂY"], ["DANH SÁCH NGƯỜI ĐỊA PHƯƠNG ĐANG Ở NƯỚC NGOÀI"], []]
    return _workbook("Danh sách", [*title, head, below], rows, merged=[(3, 2, 3, 3, "Năm sinh")])


def _association(people: Iterable[Invented], random: Random) -> bytes:
    """By hand: names in any order, years alone, telephones as they were told."""
    rows = []
    for person in people:
        cells = [
            way.name_as_heard(person, random),
            str(person.born.year),
            way.country_as_typed(person, random),
            person.city,
            person.commune if not person.province else way.commune_as_typed(person, random),
            person.district,
            person.work,
            way.phone_as_typed(person, random),
        ]
        if random.random() < 3 * WRONG:
            cells = way.spoilt(cells, (0, 1, 2), random)
        rows.append(cells)
    head = ["Họ tên", "Năm sinh", "Nước định cư", "Thành phố ở nước ngoài", "Xã, phường", "Huyện"]
    head += ["Nghề nghiệp", "Số điện thoại"]
    return _workbook("Sheet1", [head], rows)


def _labour(people: Iterable[Invented], random: Random) -> bytes:
    """A program's export: no marks in the headings, days as numbers of Excel, one column for each thing."""
    head = ["Ma so", "Ho ten", "Gioi tinh", "Ngay sinh", "Xa phuong", "Huyen", "Tinh", "Nuoc", "Nghe nghiep"]
    head += ["Ngay xuat canh", "Het han hop dong", "Dien thoai", "Dien thoai nguoi than"]
    rows = []
    for number, person in enumerate(people, start=1):
        cells = [
            f"LD{number:06d}",
            person.name.upper(),
            "Nam" if person.sex == "M" else "Nu",
            f"{person.born:%d/%m/%Y}",
            person.commune,
            person.district,
            person.province,
            person.calls[-1],
            person.work,
            f"{random.randint(1, 28):02d}/{random.randint(1, 12):02d}/{person.left}",
            str(person.left + 3) if person.left < 2021 else "",
            way.phone_as_typed(person, random),
            person.relative_phone,
        ]
        if random.random() < WRONG / 2:
            cells = way.spoilt(cells, (1, 3, 7), random)
        rows.append(cells)
    return _separated([head, *rows], ";").encode("utf-8-sig")


def _earlier(people: Iterable[Invented], random: Random) -> bytes:
    """From before Unicode, with the numbers of the register it was kept in."""
    head = ["Mã số", "Họ và tên", "Năm sinh", "Giới tính", "Xã, phường", "Huyện", "Quốc gia", "Diện"]
    rows = []
    for number, person in enumerate(people, start=1):
        cells = [
            f"KB-{number:04d}",
            person.name,
            str(person.born.year),
            "Nam" if person.sex == "M" else "Nữ",
            person.commune,
            person.district,
            person.calls[0],
            way.GROUPS[person.group],
        ]
        if random.random() < WRONG:
            cells = way.spoilt(cells, (1, 2, 6), random)
        rows.append(cells)
    text = _separated([head, *rows], ",")
    return "".join(_TO_TCVN3.get(c) or _TO_TCVN3.get(c.lower()) or c for c in text).encode("latin-1")


def _separated(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    memory = io.StringIO(newline="")
    csv.writer(memory, delimiter=delimiter).writerows(rows)
    return memory.getvalue()


def _workbook(
    name: str,
    above: Sequence[Sequence[str]],
    rows: Iterable[Sequence[str]],
    merged: Sequence[tuple[int, int, int, int, str]] = (),
) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet: Any = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for line, cells in enumerate([*above, *rows]):
        for at, cell in enumerate(cells):
            if cell:
                sheet.write_string(line, at, cell, bold if line < len(above) else None)
    for place in merged:
        sheet.merge_range(*place, bold)
    book.close()
    return memory.getvalue()
