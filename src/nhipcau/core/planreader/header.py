"""The document's own data: number, date, place, issuer, type, title, period, who signed, who receives it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.blocks import Block, Page
from nhipcau.core.planreader.casing import from_capitals
from nhipcau.core.planreader.dates import iso_date
from nhipcau.core.planreader.endings import RECIPIENTS, is_signature, looks_like_name
from nhipcau.core.planreader.folding import UPPER
from nhipcau.core.planreader.joining import is_caps
from nhipcau.core.planreader.schema import Document, Signatory, Span
from nhipcau.core.planreader.words import TYPES
from nhipcau.core.planreader.zones import BARE_NUMBER, NATION, NUMBER, type_named

_PLACE_DATE = re.compile(
    r"^(?:(?P<place>[^,;:]{2,60}?), ?)?"
    r"ngày\s*(?P<d>\d{1,2})?[\s.…_/]*tháng\s*(?P<m>\d{1,2})?[\s.…_]*năm ?(?P<y>(?:19|20)\d{2})?"
)
_ORG = re.compile(
    r"(?:^|(?<=\s))(?:ban chấp hành|bch|ủy ban|ubnd|hội đồng nhân dân|hđnd|sở|ban|bộ|tỉnh ủy|thành ủy|"
    r"huyện ủy|quận ủy|"
    r"đảng ủy|chính phủ|thủ tướng|văn phòng|"
    r"công an|tỉnh đoàn|thành đoàn|hội|liên đoàn|cục|chi cục|tổng cục|trường|đại học|viện|tòa án|trung tâm|"
    r"mặt trận|quốc hội|liên hiệp|tổng công ty|công ty|kho bạc|thanh tra|đoàn)(?=\s|$)"
)
_SYMBOL_TYPES = {
    "kh": "Kế hoạch", "ct": "Chỉ thị", "qđ": "Quyết định", "nq": "Nghị quyết", "tb": "Thông báo",
    "kl": "Kết luận", "hd": "Hướng dẫn",
    "bc": "Báo cáo", "tt": "Thông tư", "ctr": "Chương trình", "ttr": "Tờ trình", "cđ": "Công điện",
    "nđ": "Nghị định", "đa": "Đề án",
    "cthđ": "Chương trình hành động", "pa": "Phương án", "qc": "Quy chế", "cv": "Công văn",
}  # fmt: skip


@dataclass(slots=True)
class Front:
    """What the letterhead says, with the places of each part."""

    number: str | None = None
    issued: str | None = None
    year: int | None = None
    place: str | None = None
    issuer: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)


def read_document(page: Page) -> Document:
    """The header of the reading."""
    front = read_letterhead([b for b in page.blocks if b.zone == "letterhead"])
    kind = _type(page, front)
    title, title_span = _title(page)
    if title_span:
        front.spans["title"] = title_span
    if front.issuer is None:
        front.issuer = _issuer_from_text(page, front)
    elif re.fullmatch(r"ủy ban nhân dân|hội đồng nhân dân", front.issuer.lower()) and front.place:
        front.issuer = f"{front.issuer} {_unit_of(page, front.place)} {_bare(front.place)}"
    return Document(
        number=front.number,
        issued=front.issued,
        year=front.year,
        place=front.place,
        issuer=front.issuer,
        type=kind,
        title=title,
        period=_period(title),
        signatory=_signatory(page, front.spans),
        recipients=_recipients(page, front.spans),
        spans={k: list(v) for k, v in front.spans.items()},
    )


def read_letterhead(blocks: list[Block]) -> Front:
    """Number, date, place and issuer from the rows of the letterhead."""
    front = Front()
    issuer: list[Block] = []
    for block in blocks:
        if NATION.match(block.low):
            continue
        if front.number is None and (NUMBER.match(block.low) or BARE_NUMBER.match(block.low)):
            _take_number(block, front)
        elif (m := _PLACE_DATE.match(block.low)) and ("ngày" in block.low):
            _take_place_date(block, m, front)
        elif is_caps(block.text) and not NUMBER.match(block.low):
            issuer.append(block)
    if issuer:
        front.issuer = _issuer(issuer)
        front.spans["issuer"] = (issuer[0].start, issuer[-1].end)
    return front


def _take_number(block: Block, front: Front) -> None:
    bare = re.sub(r"^số\s*:?\s*", "", block.text, flags=re.IGNORECASE)
    m = re.match(r"(\d+)[a-z]?\s*([/-])\s*(.+)$", bare.strip(" ._…"))
    front.spans["number"] = (block.end - len(bare), block.end)
    if m:
        front.number = re.sub(r"\s*([/-])\s*", r"\1", bare.strip(" ._…"))


def _take_place_date(block: Block, m: re.Match[str], front: Front) -> None:
    if m["place"] and front.place is None:
        front.place = block.text[m.start("place") : m.end("place")].strip()
        front.spans["place"] = (block.start + m.start("place"), block.start + m.end("place"))
    if m["y"] and front.year is None:
        front.year = int(m["y"])
        front.spans["issued"] = (block.start + block.low.index("ngày"), block.end)
        if m["d"] and m["m"]:
            front.issued = iso_date(m["y"], m["m"], m["d"])


def _issuer(blocks: list[Block]) -> str:
    """The body that issues: the last one named (the one above it is its parent)."""
    text = " ".join(b.text for b in blocks)
    low = " ".join(b.low for b in blocks)
    starts = [m.start() for m in _ORG.finditer(low)]
    firsts = [sum(len(b.text) + 1 for b in blocks[:i]) for i in range(len(blocks))]
    heads = [s for s in starts if s in firsts]
    cut = heads[-1] if heads else 0
    name = re.sub(r"^UBND\b", "Ủy ban nhân dân", text[cut:])
    name = re.sub(r"^HĐND\b", "Hội đồng nhân dân", name)
    if name != text[cut:]:
        return (
            name.split(" ", 4)[0] + name[len(name.split(" ", 4)[0]) :]
            if not is_caps(text[cut:])
            else _abbreviated(name)
        )
    return from_capitals(name)


def _abbreviated(name: str) -> str:
    head, rest = name[:16].strip(), name[16:].strip()
    if name.startswith("Hội đồng nhân dân"):
        head, rest = name[:17], name[17:].strip()
    return f"{head} {from_capitals(rest)}".strip()


_ISSUES = re.compile(
    r"(?P<who>(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|ban thường vụ tỉnh ủy|tỉnh ủy|thành ủy|"
    r"chủ tịch ủy ban nhân dân|chủ tịch ubnd|sở|ban)\b[^.;:\n]{0,60}?)"
    r"\s+(?:xây dựng |và )*(?:ban hành|triển khai|yêu cầu|chỉ thị)\b"
)


def _issuer_from_text(page: Page, front: Front) -> str | None:
    """Without a letterhead: who says in the preamble that it issues the document."""
    body = next((b.start for b in page.blocks if b.zone == "body"), 0)
    m = _ISSUES.search(page.low, body, body + 6000)
    if m is None:
        return None
    who = page.text[m.start("who") : m.end("who")].strip()
    who = re.sub(r"^(?:chủ tịch )?(?:ubnd|ủy ban nhân dân)", "Ủy ban nhân dân", who, flags=re.IGNORECASE)
    front.spans.setdefault("issuer", (m.start("who"), m.end("who")))
    unit = re.search(r"(?i)\b(tỉnh|thành phố|huyện|xã|phường)$", who)
    if unit:
        name = _bare(front.place) if front.place else _named_unit(page, unit.group().lower())
        return f"{who} {name}" if name else who
    return who


def _unit_of(page: Page, place: str) -> str:
    """Whether a place is called a city or a province in the text."""
    bare = re.escape(_bare(place).lower())
    city = len(re.findall(rf"thành phố {bare}", page.low))
    return "thành phố" if city > len(re.findall(rf"tỉnh {bare}", page.low)) else "tỉnh"


def _bare(place: str) -> str:
    return re.sub(r"(?i)^(?:tỉnh|thành phố|tp\.?)\s+", "", place)


def _named_unit(page: Page, unit: str) -> str | None:
    """The name that most often follows "tỉnh" in the text."""
    counts: dict[str, int] = {}
    for m in re.finditer(rf"(?i:\b{unit}) ((?:[{UPPER}][^\W\dA-Z]+[ -]?){{2,4}})", page.text):
        name = m.group(1).strip(" -")
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda k: (counts[k], -len(k))) if counts else None


def _type(page: Page, front: Front) -> str | None:
    """The document's type: its own line, the number's symbol, or what the preamble says is issued."""
    for block in page.blocks:
        if block.zone == "type" and (named := type_named(block.low)):
            front.spans["type"] = (block.start, block.end)
            return named[:1].upper() + named[1:]
    if front.number and (m := re.search(r"^\d+[a-z]?(?:/\d{4})?[/-]([A-Za-zĐđ]+)[/-]?", front.number)):
        symbol = m.group(1).lower()
        if symbol in _SYMBOL_TYPES and not any(b.zone in ("subject", "address") for b in page.blocks):
            return _SYMBOL_TYPES[symbol]
    if any(b.zone in ("subject", "address") for b in page.blocks):
        return "Công văn"
    body = next((b.start for b in page.blocks if b.zone == "body"), 0)
    issued = re.search(r"ban hành (" + TYPES.pattern[3:-7] + r")\b", page.low[body : body + 6000])
    return issued.group(1)[:1].upper() + issued.group(1)[1:] if issued else None


def _title(page: Page) -> tuple[str | None, Span | None]:
    blocks = [b for b in page.blocks if b.zone in ("title", "subject")]
    own = _issuers_words(blocks[0].text) if blocks else 0
    if not blocks:
        return None, None
    text = " ".join(b.text for b in blocks).strip()
    lead = re.match(r"(?i)v\s?/\s?v\s*:?\s*", text)
    cut = lead.end() if lead else own
    return text[cut:].strip(" .:"), (blocks[0].start + cut, blocks[-1].end)


def _issuers_words(text: str) -> int:
    """How many characters "CỦA BAN THƯỜNG VỤ …" takes before a subject in small letters."""
    words = text.split(" ")
    if words[0] != "CỦA":
        return 0
    capitals = next((i for i, w in enumerate(words) if not w.isupper()), 0)
    return len(" ".join(words[:capitals])) + 1 if capitals else 0


_RANGE = re.compile(
    r"(?:giai đoạn|thời kỳ|từ năm|các năm)\s*((?:19|20)\d{2})\s*(?:-|đến năm|đến|và)\s*((?:19|20)\d{2})"
)
_ONE_YEAR = re.compile(
    r"(?<!tháng \d )(?<!tháng \d\d )(?<!đến )(?<!luật )(?:trong |các tháng cuối )?năm ((?:19|"
    r"20)\d{2})(?! ?- ?\d)"
)
_MANY_YEARS = re.compile(r"(?<!tháng \d )năm ((?:19|20)\d{2}) ?- ?((?:19|20)\d{2})")


def _period(title: str | None) -> list[int] | None:
    """Years that the title gives to the document: "giai đoạn 2024-2031", "năm 2025"."""
    low = (title or "").lower().replace("–", "-")
    for pattern in (_RANGE, _MANY_YEARS):
        found = pattern.search(_without_cited(low))
        if found:
            return [int(found.group(1)), int(found.group(2))]
    one = _ONE_YEAR.search(_without_cited(low))
    return [int(one.group(1)), int(one.group(1))] if one else None


def _without_cited(low: str) -> str:
    """The title without cited documents' dates and quoted names, whose years are not the plan's."""
    low = re.sub(r"“[^”]*”|\"[^\"]*\"", " ", low)
    return re.sub(
        r"số \S+ (?:ngày [^,;]*?(?:năm|/)\s?\d{4})|ngày \d{1,2}[^,;]{0,12}(?:năm |/)\d{4}|"
        r"luật [^,;]{0,60}năm \d{4}",
        " ",
        low,
    )


def _signatory(page: Page, spans: dict[str, Span]) -> Signatory:
    blocks = [b for b in page.blocks if b.zone == "signature"]
    posts = [b for b in blocks if is_caps(b.text)]
    names = [b for b in blocks if not is_caps(b.text) and looks_like_name(b.text)]
    on_behalf = [b.text for b in posts if re.match(r"(?:t ?/? ?m|k ?/? ?t|tl|t/l|tuq|q)\b ?\.?", b.low)]
    position = next((b for b in reversed(posts) if b.text not in on_behalf), None)
    if position is not None:
        spans["signatory.position"] = (position.start, position.end)
    name = names[-1] if names else None
    if name is not None:
        spans["signatory.name"] = (name.start, name.end)
    return Signatory(
        name=name.text if name else None,
        position=_post(position.text) if position else None,
        on_behalf=" / ".join(on_behalf) or None,
    )


def _post(text: str) -> str:
    """ "PHÓ CHỦ TỊCH" as "Phó Chủ tịch"."""
    low = text.lower().strip()
    for prefix in ("phó ", "quyền "):
        if low.startswith(prefix):
            rest = low[len(prefix) :]
            return prefix[:1].upper() + prefix[1:] + rest[:1].upper() + rest[1:]
    return low[:1].upper() + low[1:]


def _recipients(page: Page, spans: dict[str, Span]) -> list[str]:
    out: list[str] = []
    blocks = [b for b in page.blocks if b.zone == "recipients"]
    for block in blocks:
        text = block.text
        if RECIPIENTS.match(block.low):
            text = text.partition(":")[2] if ":" in text else ""
        text = text.strip(" -–—+•*\t").rstrip(" .;,")
        if text and not is_signature(block.last):
            out.append(text)
    if blocks:
        spans["recipients"] = (blocks[0].start, blocks[-1].end)
    return out
