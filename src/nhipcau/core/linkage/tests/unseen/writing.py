"""How sources write a person down: names, births, phones, papers, places; and how they err.

Decided before any of it was linked.
"""

from __future__ import annotations

import random
import unicodedata
from datetime import date

from nhipcau.core.linkage.tests.unseen.worlds import CALLING, LANDS

_TONES = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_SOUTHERN = {
    "Huỳnh": "Hoàng", "Võ": "Vũ", "Phúc": "Phước", "Nhựt": "Nhật", "Sanh": "Sinh", "Nhơn": "Nhân",
    "Bửu": "Bảo",
    "Chánh": "Chính", "Phụng": "Phượng", "Lãnh": "Lĩnh", "Hường": "Hồng", "Quý": "Quí", "Mỹ": "Mĩ",
    "Kỳ": "Kì",
    "Thúy": "Thuý", "Thùy": "Thuỳ", "Lý": "Lí", "Thủy": "Thuỷ", "Vy": "Vi", "Ly": "Li", "Sỹ": "Sĩ",
    "Hòa": "Hoà",
    "Sóc": "Sok", "Sô": "So", "Phia": "Phea", "Đa": "Da", "Mohamad": "Mohammed", "Yousof": "Youssouf",
    "Is Mael": "Ismael", "Sà": "Sa", "Chau": "Châu",
}  # fmt: skip
_SOUTHERN |= {there: here for here, there in _SOUTHERN.items()}
_SOUNDS = (
    ("Tr", "Ch"),
    ("S", "X"),
    ("V", "D"),
    ("Gi", "D"),
    ("ng", "n"),
    ("c", "t"),
    ("iê", "ê"),
    ("uyê", "iê"),
)
_HOA_ABROAD = {
    "Trần": "Chen", "Lâm": "Lin", "Lý": "Li", "Quách": "Kuo", "Huỳnh": "Huang", "Tăng": "Tseng", "Lưu": "Liu",
    "Vương": "Wang", "Thái": "Tsai", "Tô": "Su", "Hứa": "Hsu", "Khưu": "Chiu", "Ngô": "Wu", "Mã": "Ma",
    "Châu": "Chou", "Trịnh": "Cheng", "Diệp": "Yeh", "Từ": "Hsu", "La": "Lo",
}  # fmt: skip


def fold(text: str) -> str:
    """Without marks and đ, case kept."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def keystrokes(word: str, vni: bool) -> str:
    """The word as it was typed, the method switched off: "Nguye64n" or "Nguyeenx"."""
    tone, out = "", ""
    for c in unicodedata.normalize("NFD", word):
        if c in _TONES:
            tone = _TONES[c][vni]
        elif c in _SHAPES:
            out += _SHAPES[c] if vni else (out[-1].lower() if c == "\u0302" else "w")
        elif c in "đĐ":
            out += ("d" if c == "đ" else "D") + ("9" if vni else "d")
        else:
            out += c
    return out + tone


def slip(word: str, rng: random.Random) -> str:
    """One slip of the fingers."""
    if len(word) < 3:
        return word
    at, letter = rng.randrange(1, len(word)), rng.choice("aeiouhngtcmrlk")
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def digit_slip(text: str, rng: random.Random) -> str:
    """One digit misread, or two swapped."""
    places = [place for place, c in enumerate(text) if c.isdigit()][1:]
    if len(places) < 2:
        return text
    at = rng.choice(places)
    if rng.random() < 0.5 or at == places[0]:
        return text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def heard(word: str, rng: random.Random) -> str:
    """The word as it sounds, spelt otherwise; or with another tone."""
    if word in _SOUTHERN and rng.random() < 0.6:
        return _SOUTHERN[word]
    if rng.random() < 0.5:
        swap = {"\u0303": "\u0309", "\u0309": "\u0303"}
        return unicodedata.normalize(
            "NFC", "".join(swap.get(c, c) for c in unicodedata.normalize("NFD", word))
        )
    for one, other in rng.sample(_SOUNDS, len(_SOUNDS)):
        for here, there in ((one, other), (other, one)):
            if here in word:
                return word.replace(here, there, 1)
    return word


def damaged(words: list[str], rng: random.Random, bare: bool) -> list[str]:
    """One word of the name damaged."""
    at = rng.randrange(len(words))
    word, kind = words[at], rng.random()
    if kind < 0.35:
        changed = slip(fold(word) if bare else word, rng)
    elif kind < 0.7:
        changed = heard(word, rng)
    elif kind < 0.85:
        changed = keystrokes(word, vni=rng.random() < 0.5)
    else:
        changed = fold(word)
    return [*words[:at], changed, *words[at + 1 :]]


def abroad_hoa(words: list[str]) -> list[str]:
    """A Chinese-Vietnamese name with its surname as it is written in Taiwan."""
    return [_HOA_ABROAD.get(words[0], words[0]), *words[1:]]


# --- other values -----------------------------------------------------------------------------------------


def birth(day: tuple[int, int, int], exact: float, errors: float, american: bool, rng: random.Random) -> str:
    """A birth as it is written down."""
    year, month, dom = day
    if rng.random() < errors:
        kind = rng.random()
        if kind < 0.35:
            year += rng.choice((-1, 1))
        elif kind < 0.5:
            year += rng.choice((-10, 10, -3, 2, 5))
        elif kind < 0.75 and dom <= 12:
            month, dom = dom, month
        else:
            dom = rng.randint(1, 28)
    if rng.random() > exact:
        return rng.choice(
            (f"{year}", f"{year}", f"01/01/{year}", f"1/1/{year}", f"{month}/{year}", f"khoảng {year}")
        )
    if american and rng.random() < 0.6:
        return f"{month:02d}/{dom:02d}/{year}"
    serial = (date(year, month, dom) - date(1899, 12, 30)).days
    forms = (
        f"{dom:02d}/{month:02d}/{year}", f"{dom}/{month}/{year}", f"{dom}.{month}.{year % 100:02d}",
        f"{dom:02d}-{month:02d}-{year}", f"{year}-{month:02d}-{dom:02d}", f"{dom:02d}.{month:02d}.{year}",
        f"{dom:02d}{month:02d}{year}", f"ngày {dom} tháng {month} năm {year}",
    )  # fmt: skip
    return str(serial) if rng.random() < 0.04 else rng.choice(forms)


def home_phone(number: str, errors: float, rng: random.Random) -> str:
    """A number in Viet Nam (nine digits)."""
    bare = digit_slip(number, rng) if rng.random() < errors else number
    return rng.choice(
        (
            f"0{bare}", f"0{bare}", f"84{bare}", f"+84 {bare[:2]} {bare[2:5]} {bare[5:]}", bare,
            f"0{bare[:2]}.{bare[2:5]}.{bare[5:]}", f"(+84){bare}",
            f"0{bare} - 0{rng.randrange(10**8, 10**9)}",
            f"ĐT: 0{bare}",
        )
    )  # fmt: skip


def phone_abroad(number: str, land: str, errors: float, rng: random.Random) -> str:
    """A number abroad (nine or ten digits)."""
    bare = digit_slip(number, rng) if rng.random() < errors else number
    code = CALLING[land]
    return rng.choice(
        (
            f"+{code}{bare}", f"+{code} {bare[:3]} {bare[3:6]} {bare[6:]}", f"00{code}{bare}", bare,
            f"0{bare}",
            f"({bare[:3]}) {bare[3:6]}-{bare[6:]}", f"{code}-{bare[:3]}-{bare[3:]}",
            f"+{code}{bare} / 0{rng.randrange(10**8, 10**9)}",
        )
    )  # fmt: skip


def land(code: str, rng: random.Random) -> str:
    """A country by one of its names; the first ones are the most usual."""
    names = LANDS[code]
    return names[min(int(rng.expovariate(0.7)), len(names) - 1)]


def place(unit: dict[str, str], marked: bool, errors: float, rng: random.Random) -> tuple[str, str | None]:
    """Commune and district as they are written, the old unit or the new."""
    new = rng.random() < 0.35
    name = unit["new_name"] if new else unit["old_name"]
    name = slip(name, rng) if rng.random() < errors else name
    name = rng.choice(("", "", "xã ", "Xã ", "X. ", "P. ", "phường ", "TT. ", "thị trấn ", "x.")) + name
    district = None if new or rng.random() < 0.35 else unit["district"]
    if district and rng.random() < 0.25:
        name, district = f"{name}, {rng.choice(('', 'huyện ', 'H. '))}{district}", None
    elif district and rng.random() < 0.3:
        district = rng.choice(("huyện ", "H. ", "Huyện ", "thị xã ")) + district
    if new and rng.random() < 0.1:
        name = f"{name} ({unit['old_name']} cũ)"
    if not marked:
        name, district = fold(name), fold(district) if district else None
    return name, district
