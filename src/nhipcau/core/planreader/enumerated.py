"""Bodies that are named together: "UBND các phường: Văn Phú, Hà Đông" are two, "Các sở: Y tế, Nội vụ" too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nhipcau.core.planreader.folding import UPPER

_KIND = r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|đặc khu|tỉnh|sở)"
_TOGETHER = re.compile(
    rf"(?P<front>(?:[^\W\d_][^,;:()]{{0,60}}?\s)?)(?P<many>[Cc]ác)\s+(?P<kind>{_KIND})(?P<mark>\s?:)?\s+"
    rf"(?P<names>(?:{_KIND} )?[{UPPER}].*)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")
_OWN_KIND = re.compile(rf"{_KIND}\s+(?=[{UPPER}])")
_PLACE = re.compile(rf"[{UPPER}][\w.'’-]*(?:\s+[{UPPER}\d][\w.'’-]*){{0,4}}")
# Departments whose own name has "và" in it: behind these words it parts nothing.
_PAIRED = re.compile(
    r"(?:kế hoạch|khoa học|giáo dục|nông nghiệp|tài nguyên|thông tin|dân tộc|lao động.*|văn hóa.*|thể thao)$",
    re.IGNORECASE,
)
LONGEST_DEPARTMENT = 8


def names_in(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The names at the places `spans`, those that are named together each by itself, none twice."""
    out: list[str] = []
    front = ""
    for a, z in spans:
        names, front = apart(text[a:z], front)
        out += [name for name in names if name not in out]
    return out


def apart(name: str, front: str = "") -> tuple[list[str], str]:
    """The single names that a name puts together, and the words before "các" in it.

    `front` are the words of the name before it: "UBND các phường: A, B và các xã: C, D". A name stays whole
    where its parts cannot be told for sure: several kinds at once, a part that is no name, one place alone.
    """
    m = _TOGETHER.fullmatch(name)
    if m is None or (not m["names"][:1].isupper() and not _OWN_KIND.match(m["names"])):
        return [name], ""
    department = m["kind"].lower() == "sở"
    if department and (m["front"] or not m["mark"]):
        return [name], ""
    parts = _departments(m["names"]) if department else _PART.split(m["names"])
    if not all(_is_name(part, department=department) for part in parts) or len(parts) < 2:
        return [name], ""
    if department:
        return [f"Sở {part}" for part in parts], ""
    front = m["front"].strip() or front
    kind = m["kind"].lower()
    singles = [part if _OWN_KIND.match(part) else f"{kind} {part}" for part in parts]
    return [f"{front} {single}".strip() for single in singles], front


def _is_name(part: str, *, department: bool) -> bool:
    if department:
        return part[:1].isupper() and len(part.split()) <= LONGEST_DEPARTMENT
    own = _OWN_KIND.match(part)
    return _PLACE.fullmatch(part[own.end() :] if own else part) is not None


def _departments(names: str) -> list[str]:
    """Parts of a list of departments; "Khoa học và Công nghệ" and "Văn hóa, Thể thao và Du lịch" are one."""
    parts: list[str] = []
    for piece in re.split(r"\s*[,;]\s*", names):
        halves = piece.split(" và ")
        while len(halves) > 1 and (_PAIRED.search(halves[0])):
            halves[:2] = [" và ".join(halves[:2])]
        if parts and parts[-1].lower() == "văn hóa" and halves[0].lower().startswith("thể thao"):
            parts[-1] += f", {halves.pop(0)}"
        parts += halves
    return [part for part in parts if part]
