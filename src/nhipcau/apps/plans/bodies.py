"""A phrase that names several bodies, cut into them: "Sở, ban, ngành thành phố và UBND quận, huyện"."""

from __future__ import annotations

import re

from nhipcau.apps.plans.groups import group_of

# First words of bodies and groups, as documents capitalise them.
_HEADS = (
    "UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Sở|Công an|Bộ|Ban|Hội|Liên|Trung tâm|Văn phòng"
    "|Mặt trận|Đoàn|Đài|Báo|Trường|Tỉnh ủy|Thành ủy|Thường trực|[Cc]ác"
)
_CUT = re.compile(rf"\s*;\s*|(?:\s*,\s+|\s+và\s+)(?=(?:{_HEADS})\b)")


def split_bodies(phrase: str) -> list[str]:
    """The bodies that a phrase names, in order.

    One group stays one; a list of groups is cut where a new body begins.
    """
    parts = [part.strip(" ,.;") for part in _CUT.split(" ".join(phrase.split()))]
    parts = [part for part in parts if part]
    if len(parts) > 1 and group_of(phrase) is not None and any(group_of(part) is None for part in parts):
        return [phrase.strip()]
    return parts
