"""A second reader, simple and unlike the first: what the words of a task and around it say to one who does
not know the outline's rules.

It reads letters without their marks, so that what a scan or a copy damaged still counts. It looks at the
lines above by their depth alone (`surroundings`), and weighs role words by how far they stand from the first
verb (`role_votes`). Where it and the reading disagree, the reading may be wrong (`evidence`).
"""

from __future__ import annotations

import re

from nhipcau.core.planreader.surroundings import plain
from nhipcau.core.planreader.words import VERB_WORDS, alternatives

# ---- who

_HEADS = (
    "so|ban|bo|ubnd|ub|uy ban|hdnd|mttq|mat tran|cong an|van phong|trung tam|hoi|hiep hoi|lien hiep|"
    "lien minh|lien doan|bao|dai|dai hoc|truong|hoc vien|benh vien|vien|chi cuc|cuc|ngan hang|kho bac|"
    "tinh doan|thanh doan|doan thanh nien|tinh uy|thanh uy|dang uy|bao hiem|thue|hai quan|toa an|"
    "thanh tra|quy|to cong tac|cong ty|tong cong ty|tap doan|buu dien|dien luc|vien thong|thu truong|"
    "giam doc|chu tich|"
    "lanh dao|truong ban|thuong truc|hoi dong|bo doi|bch|bql|vp|chanh|nguoi dung dau|co quan|don vi|"
    "dia phuong|doanh nghiep|to chuc|doan the|nganh|phong|xa|phuong|huyen|quan|luc luong|cong doan|"
    "hop tac xa|cong thong tin|nha truong|cac|nhung|ca nhan|chu dau tu"
)
_NO_BODY = (
    r"(?!ban (?:hanh|dau|ngay|do)|bao (?:cao|dam|ve|ton|chi|gom)|hoi (?:nghi|nhap|thao|hop|tho)|"
    r"so (?:\d|ket|luong|lieu|hoa|huu|sanh)|bo (?:sung|tri|may|tieu|phan)|truong hop|vien tro|dai hoi|"
    r"quy (?:dinh|hoach|che|trinh|mo|\w+ dat)|to chuc (?:thuc|trien|tot|cac|kiem|tuyen|hoi|lop|xay|boi)|"
    r"phong,? (?:chong|ngua|trao|tuc)|xa hoi|quan (?:ly|triet|tam|trac|diem|he|trong)|"
    r"phuong (?:an|thuc|phap|huong|tien|cham)|vien chuc|dai (?:dien|tra|bieu)|truong thanh|so (?:tay|bo)|"
    r"ban do|cuc bo|chu tich su|nganh nghe|dia phuong hoa|"
    r"cac (?:hoat|nhiem|noi|giai|bien|muc|chi|van|chuong|du an|de an|quy|chinh|linh|mo hinh|hinh thuc|che|"
    r"tieu|yeu|dieu|cong trinh|nguon|san|dich vu|thu tuc))"
)
_BODY = re.compile(rf"{_NO_BODY}(?:{_HEADS})(?!\w)")
_ADDRESS = re.compile(
    r"(?:(?:de nghi|giao|yeu cau|phan cong|doi voi|trach nhiem cua|nhiem vu cua|ve phia)\s*:?\s+(?:cho )?)+"
)
_OPENING = re.compile(
    r"(?:can cu|theo|tren co so|hang nam|dinh ky|trong|khi|de|nham|ngoai|ben canh|dong thoi|tu|sau|truoc|"
    r"thong qua|doi voi|cung voi|den|vao|cham nhat|tai|giai doan|neu)(?:\s[^;]{0,220}?)?,\s*"
)
# Verbs of one syllable are left out: without its mark "nắm" is in "Việt Nam".
_VERBS = plain(alternatives("|".join(v for v in VERB_WORDS.replace("\n", "").split("|") if " " in v.strip())))
_DUTY = re.compile(
    rf"(?<!\w)(?<!cac )(?<!nhung )(?:{_VERBS}|co trach nhiem|chiu trach nhiem|co nhiem vu|phai|can|se)(?!\w)"
)
# A colon, but not that of "các xã: …", behind which the names follow.
_COLON = re.compile(r"(?<!\bxa)(?<!phuong)(?<!huyen)(?<!tinh)(?<!\bso)\s?:")
LONGEST_NAME = 240
LONGEST_HEAD = 45


def own_subject(own: str) -> str:
    """The words before the first verb where a sentence begins with a body, also behind an opening clause."""
    at = _addressed(own, 0)
    opening = _OPENING.match(own) if at == 0 and not _BODY.match(own) else None
    if opening is not None:
        at = _addressed(own, opening.end())
    first = _BODY.match(own, at)
    if first is None:
        return ""
    duty = _DUTY.search(own, first.end(), at + LONGEST_NAME)
    colon = _COLON.search(own, at, at + LONGEST_NAME)
    ends = [m.start() for m in (duty, colon) if m is not None]
    return own[at : min(ends)].strip(" ,:") if ends else ""


def _addressed(own: str, at: int) -> int:
    """Where the words behind "Giao", "Đề nghị" … begin."""
    address = _ADDRESS.match(own, at)
    return address.end() if address else at


def head_body(head: str) -> str:
    """The body that a line above names, or nothing."""
    bare = head[_addressed(head, 0) :]
    return bare if _BODY.match(bare) and len(bare.split()) <= LONGEST_HEAD else ""


_LATER = re.compile(r"[;.:]\s+(?:giao |de nghi |yeu cau )?(?=\w)")


def later_subjects(own: str) -> list[str]:
    """Bodies that begin a later clause and are followed by a duty."""
    out: list[str] = []
    for m in _LATER.finditer(own):
        if not _BODY.match(own, m.end()):
            continue
        duty = _DUTY.search(own, m.end() + 2, m.end() + 90)
        if duty and not re.search(r"[;.,]", own[m.end() : duty.start()]):
            out.append(own[m.end() : duty.start()].strip())
    return out


def ends_with_body(own: str) -> bool:
    """Whether the last sentence is nothing but the name of a body."""
    last = re.split(r"[.;:]\s+", own.rstrip(" .;"))
    return len(last) > 1 and len(last[-1].split()) < 14 and bool(head_body(last[-1]))


# A field below an item: "Cơ quan chủ trì: …", its colon lost or not.
FIELD_BELOW = re.compile(
    r"(?:^|[\n.;(])[ +*-]*(?:cac )?(?:(?:(?:co quan|don vi),? ?)?(?:duoc giao )?(?:chu tri|thuc hien|dau moi)"
    r"(?: thuc hien| tham muu)*\s?:|(?:co quan|don vi) (?:chu tri|thuc hien))"
)


# ---- what kind of part

ZONES: list[tuple[str, re.Pattern[str]]] = [
    (
        "assign",
        re.compile(
            r"to chuc (?:thuc hien|trien khai)|phan cong|trach nhiem|giao nhiem vu|chi dao, dieu hanh"
        ),
    ),
    (
        "report",
        re.compile(r"che do (?:thong tin,? )?bao cao|^(?:bao cao|so ket|tong ket|kiem tra, giam sat)"),
    ),
    ("money", re.compile(r"kinh phi|ngan sach|nguon von|du toan")),
    (
        "general",
        re.compile(r"nhiem vu|giai phap|noi dung|bien phap|hoat dong|cong viec|lo trinh|trong tam"),
    ),
    (
        "none",
        re.compile(
            r"^(?:\w+ )?(?:muc dich|yeu cau|muc tieu|quan diem|tinh hinh|thuc trang|pham vi|doi tuong|"
            r"nguyen tac|can cu|thoi gian|chi tieu)"
        ),
    ),
]
LONGEST_ZONE = 24


def zone_of(head: str) -> str:
    """What a line above is for, "" when it says nothing of it."""
    if len(head.split()) > LONGEST_ZONE:
        return ""
    return next((name for name, pattern in ZONES if pattern.search(head)), "")
