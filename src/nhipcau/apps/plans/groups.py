"""Phrases that name many bodies at once: which kinds of organisations they speak of, and whether they
name anybody.

"UBND các xã, phường" are all communes; "các cơ quan liên quan" are whoever is concerned: that stays as
written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.core.text import fold

_KIND = OrganisationVersion.Kind
_PROVINCIAL = (_KIND.DEPARTMENT,)
_LOCAL = (_KIND.DISTRICT, _KIND.COMMUNE)
# Nouns as they stand in enumerations, folded, without "các".
_NOUNS: dict[str, tuple[str, ...]] = {
    "so": _PROVINCIAL,
    "ban": _PROVINCIAL,
    "nganh": _PROVINCIAL,
    "ban nganh": _PROVINCIAL,
    "so nganh": _PROVINCIAL,
    "so ban nganh": _PROVINCIAL,
    "cap nganh": _PROVINCIAL,
    "ban dang": (_KIND.PARTY,),
    "ban xay dung dang": (_KIND.PARTY,),
    "doan the": (_KIND.ASSOCIATION,),
    "nganh doan the": (_KIND.DEPARTMENT, _KIND.ASSOCIATION),
    "ban nganh doan the": (_KIND.DEPARTMENT, _KIND.ASSOCIATION),
    "doan the chinh tri xa hoi": (_KIND.ASSOCIATION,),
    "doan the chinh tri": (_KIND.ASSOCIATION,),
    "to chuc chinh tri xa hoi": (_KIND.ASSOCIATION,),
    "to chuc doan the": (_KIND.ASSOCIATION,),
    "hoi doan the": (_KIND.ASSOCIATION,),
    "hoi": (_KIND.ASSOCIATION,),
    "hoi quan chung": (_KIND.ASSOCIATION,),
    "huyen": (_KIND.DISTRICT,),
    "quan": (_KIND.DISTRICT,),
    "quan huyen": (_KIND.DISTRICT,),
    "thi xa": (_KIND.DISTRICT,),
    "thanh pho": (_KIND.DISTRICT,),
    "cap huyen": (_KIND.DISTRICT,),
    "huyen thi xa": (_KIND.DISTRICT,),
    "huyen thi thanh pho": (_KIND.DISTRICT,),
    "xa": (_KIND.COMMUNE,),
    "phuong": (_KIND.COMMUNE,),
    "xa phuong": (_KIND.COMMUNE,),
    "thi tran": (_KIND.COMMUNE,),
    "dac khu": (_KIND.COMMUNE,),
    "cap xa": (_KIND.COMMUNE,),
    "dia phuong": _LOCAL,
    "co quan": (*_PROVINCIAL,),
    "co quan chuyen mon": _PROVINCIAL,
    "don vi": (_KIND.DEPARTMENT, _KIND.UNIT),
    "don vi su nghiep": (_KIND.UNIT,),
    "co quan don vi": (_KIND.DEPARTMENT, _KIND.UNIT),
}
_MANY = re.compile(r"^(?:(?:tat ca|toan bo)\s+)?(?:cac|nhung|moi)\s+")
_COMMITTEE = re.compile(r"^(?:uy ban nhan dan|ubnd)\s+(?:(?:cac|cap)\s+)?")
_OF_PROVINCE = re.compile(
    r"\s+(?:(?:thuoc|cua|tren dia ban|cap)\s+)?(?:(?:uy ban nhan dan|ubnd|toan)\s+)?(?:tinh|thanh pho|tp)$"
    r"|\s+(?:o\s+)?tren dia ban$"
)
# "The heads of …" are the bodies themselves.
_HEAD_OF = re.compile(
    r"^(?:thu truong|giam doc|chu tich|nguoi dung dau)\s+(?=cac\b|so\b|nganh\b|co quan\b|uy ban|ubnd)"
)
_VAGUE = re.compile(
    r"\b(?:co lien quan|lien quan|huu quan|co tham quyen|chuc nang|du dieu kien|khac"
    r"|duoc (?:giao|phan cong)(?: chu tri| phoi hop)?(?: thuc hien)?|phoi hop|chu tri)\b"
)
# Bodies of the centre or abroad: many, and none of them the province's.
_OUTSIDE = re.compile(
    r"\b(?:cac bo|bo nganh|trung uong|nuoc ngoai|cac nuoc|so tai|dai su quan|tong lanh su)\b"
)
_SEPARATOR = re.compile(r"\s*(?:[,;/&]|\bva\b|\bcung\b)\s*")
# Groups of bodies that no directory of agencies holds, or that only the words after them narrow down.
_OPEN_ENDED = re.compile(
    r"^(?:cac |nhung )?(?:doanh nghiep|to chuc|ca nhan|ho gia dinh|co so|tap doan|hiep hoi"
    r"|ngan hang thuong mai|co quan (?:bao chi|thong tan|thong tin)|vien nghien cuu|truong dai hoc)\b"
)
_GENERAL_HEAD = re.compile(r"^(?:cac |nhung )?(?:co quan|don vi|so|ban|nganh|dia phuong)\b")
# Alone these name no kind that could be listed.
_TOO_WIDE = {"co quan", "don vi", "co quan don vi", "dia phuong", "to chuc", "ca nhan"}


@dataclass(frozen=True, slots=True)
class Group:
    """`kinds` that the phrase speaks of; `vague` when it means only those concerned, whoever they are."""

    kinds: frozenset[str]
    vague: bool


def group_of(phrase: str) -> Group | None:
    """The group a phrase names; None for a single body, or for a list with a body that is no kind."""
    low = re.sub(r"[–—-]", " ", fold(phrase)).strip(" .:;,")
    low = _HEAD_OF.sub("", re.sub(r"\s+", " ", low))
    vague = bool(_VAGUE.search(low))
    bare = re.sub(r"\s+", " ", _VAGUE.sub(" ", low)).strip(" ,")
    many = bool(_MANY.match(bare)) or " cac " in f" {bare} "
    nouns = _nouns(bare)
    kinds = [_NOUNS.get(noun) for noun in nouns]
    if not nouns or None in kinds:
        nobody = many and bool(_OUTSIDE.search(bare) or _OPEN_ENDED.match(bare))
        nobody = nobody or (vague and many and bool(_GENERAL_HEAD.match(bare)))
        return Group(frozenset(), True) if nobody else None
    if vague or set(nouns) <= _TOO_WIDE:
        return Group(frozenset(_flat(kinds)), True)
    if not many and len(nouns) < 2 and not nouns[0].startswith("cap "):
        return None
    return Group(frozenset(_flat(kinds)), False)


def _nouns(bare: str) -> list[str]:
    districts = any(word in bare for word in ("huyen", "quan,", "thi xa"))
    found = []
    for part in _SEPARATOR.split(bare):
        noun = part
        for pattern in (_MANY, _HEAD_OF, _MANY, _COMMITTEE, _MANY):
            kept = (
                "cap "
                if pattern is _COMMITTEE and re.match(r"^(?:uy ban nhan dan|ubnd)\s+cap\s", noun)
                else ""
            )
            noun = kept + pattern.sub("", noun)
        if noun not in _NOUNS or (noun == "thanh pho" and not districts):
            noun = _OF_PROVINCE.sub("", noun)
        if noun:
            found.append(noun)
    return found


def _flat(kinds: list[tuple[str, ...] | None]) -> list[str]:
    return [str(kind) for each in kinds if each for kind in each]
