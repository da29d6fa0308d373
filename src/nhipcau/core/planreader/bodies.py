"""Bodies (agencies, offices, associations, groups of them) as running text names them: where a list of
them ends, and how it is parted.
"""

from __future__ import annotations

import re

from nhipcau.core.planreader.folding import UPPER
from nhipcau.core.planreader.words import VERB_WORDS, VERBS, alternatives

# Words that a body's name starts with. Where the second word makes another thing of it ("ban hành"), it
# is left out.
_NAMED = (
    r"vp(?= )|bch(?= )|bql(?= )|lđlđ|tand|vksnd|nhnn|cổng ttđt|thường trực(?= (?:ban|hđnd|hội đồng|tỉnh|"
    r"thành|đảng))|"
    r"hạt kiểm lâm|đồn biên phòng|trạm(?= (?:y tế|khuyến|kiểm|thú|bảo vệ))|ngành(?! (?:nghề|hàng|mũi|"
    r"kinh tế))|"
    r"thành viên(?= (?:ban|tổ|hội đồng))|"
    r"sở(?! (?:hữu|thích|tại|quản lý))|ban(?! (?:hành|đầu|ngày|đêm))|bộ(?! (?:máy|phận|tiêu|quy|chỉ số|luật|"
    r"thủ tục|mặt|nhớ|dữ liệu|công cụ|tài liệu|đội cụ hồ))|"
    r"ủy ban|ubnd|ub|hđnd|ubmttq|mttq|hội(?! (?:nhập|nghị|thảo|họp|tụ|chợ|viên|trường|đàm|thi))|hiệp hội|"
    r"liên (?:hiệp|minh|đoàn)|công an|công ty|công đoàn|văn phòng(?! phẩm)|"
    r"trung tâm|đài(?! (?:thọ|loan))|báo(?! (?:cáo|chí|động|hiệu|đài|hiếu|giá))|cổng thông tin|tỉnh (?:đoàn|"
    r"ủy)|thành (?:đoàn|ủy)|huyện (?:đoàn|ủy)|quận (?:đoàn|ủy)|đảng (?:ủy|bộ)|"
    r"mặt trận tổ quốc|ngân hàng|kho bạc|cục(?! (?:diện|bộ))|chi cục|tổng cục|chi nhánh|thuế (?:tỉnh|"
    r"thành phố|cơ sở)|hải quan|bảo hiểm xã hội|bhxh|tòa án|viện(?! (?:trợ|dẫn|phí))|"
    r"trường(?! hợp)|đại học|học viện|bệnh viện|thanh tra(?!,| (?:viên|lại))|quỹ(?! (?:đất|thời))|tập đoàn|"
    r"tổng công ty|điện lực|bưu điện|viễn thông|"
    r"vnpt|hợp tác xã|đoàn (?:thanh niên|đại biểu|khối|tncs)|hội đồng|tổ (?:công tác|giúp việc|đề án)|"
    r"phòng(?!,| (?:ngừa|chống|bệnh|cháy|vệ|thủ|không))|đại sứ quán|"
    r"tổng lãnh sự quán|quân khu|bộ đội|cảng vụ|kiểm toán|nhà xuất bản|thông tấn|vụ (?!việc|án|mùa|lợi)|"
    r"thủ tướng|chính phủ(?! (?:số|điện))|quốc hội|vcci|chánh|đảng ủy|xã đoàn|nhà (?:văn hóa|máy)|"
    r"vườn quốc gia|"
    r"khu (?:công nghệ|bảo tồn)|liên danh"
)
_TITLES = (
    r"giám đốc|thủ trưởng|người đứng đầu|chủ tịch|lãnh đạo|trưởng|phó chủ tịch|bí thư|cấp ủy|"
    r"chánh văn phòng|hiệu trưởng|cá nhân"
)
_GROUPS = (
    r"sở|ban|ngành|bộ|cơ quan|đơn vị|địa phương|tổ chức|doanh nghiệp|đoàn thể|hội(?! (?:nhập|nghị|thảo|chợ|"
    r"họp|đàm|thi))|hiệp hội|lực lượng|trường(?! hợp)|viện|nhà trường|cơ sở|cấp|phòng|"
    r"huyện|quận|thị xã|thành phố|xã|phường|đặc khu|chi cục|chủ đầu tư|nhà đầu tư|hợp tác xã|trung tâm|"
    r"công ty|ngân hàng|tổ(?! chức)|báo(?! cáo|chí)|đài|thành viên|hội đoàn|chủ|nhà mạng|tập thể|đồng chí|"
    r"ủy viên"
)
BODY = re.compile(
    rf"(?:(?:tất cả |toàn bộ )?(?:các|những|một số|toàn thể|mọi|từng|mỗi)\s+(?:{_GROUPS}|{_TITLES}|"
    rf"{_NAMED})|{_TITLES}|{_NAMED}|{_GROUPS})(?!\w)"
)
_PLURAL = re.compile(r"(?:tất cả |toàn bộ )?(?:các|những|một số|toàn thể|mọi|từng|mỗi)\s+")
_NAMED_RE = re.compile(rf"(?:{_NAMED})(?!\w)")
_TITLE_RE = re.compile(rf"(?:{_TITLES})(?!\w)")
_GROUP_RE = re.compile(rf"(?:{_GROUPS})(?!\w)")
_TERRITORY = re.compile(
    r"(?:huyện|quận|thị xã|thành phố|xã|phường|đặc khu|thị trấn|thôn|tổ dân phố|khu phố)(?!\w)"
)

# Verbs that may stand inside a name or be a noun there; they end a list only in some places.
_AMBIGUOUS = (
    "thông tin|truyền thông|đào tạo|đầu tư|sản xuất|phát triển|dự toán|căn cứ|quản lý|tổ chức|hợp tác|"
    "xuất bản|quy hoạch|kiểm tra|thanh tra|giám sát|sử dụng|tư vấn|cung cấp|liên kết|định kỳ|chủ trì|"
    "phối hợp|tham mưu|thường xuyên|số hóa|bồi dưỡng|bảo vệ|lãnh đạo|giải quyết|hỗ trợ|nghiên cứu|"
    "quyết định|xúc tiến|kiểm soát|ứng dụng|khai thác|chuyển giao|tuyên truyền|vận động|phục vụ"
)
_SURE = alternatives(
    "|".join(
        v
        for v in VERB_WORDS.replace("\n", "").split("|")
        if " " in v.strip() and v.strip() not in _AMBIGUOUS.split("|")
    )
)
# One-syllable verbs stand inside many words ("chương trình", "ngoại giao"): they end a list only before
# these.
_SHORT = (
    "gửi|trình (?:ủy ban|ubnd|hội đồng|hđnd|cấp|thủ tướng|chủ tịch|chính phủ|bộ)|lập (?:kế hoạch|dự toán|"
    "danh|hồ sơ|báo|đề án|phương án)|"
    "cử (?:cán bộ|người|đại diện|công chức)|nắm (?:tình|bắt|chắc)|giao (?:cho|nhiệm)|mời|"
    "tăng (?:thời|tốc|thêm|số)|giảm (?:thiểu|tỷ)"
)
_END = re.compile(
    rf"(?:{_SURE}|{_SHORT}|kết quả|tình hình|tiến độ|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|"
    rf"cần|sẽ|để|"
    rf"nhằm|trong (?:việc|công tác|quá trình|triển khai|quản lý|thực hiện|tổ chức|đấu tranh|lĩnh vực|"
    rf"xây dựng)|"
    r"làm (?:cơ quan|đầu mối|thường|nhiệm|chủ)|theo|căn cứ|khi|về việc|về|là|đặc biệt(?! là)|trên cơ sở|"
    r"bằng|thông qua|nếu|trước|chậm nhất|hằng năm|"
    r"hàng năm|qua đó|vào|từ|đối với|nêu|đến|gồm|tại kế hoạch|kịp|sớm|trực tiếp|đồng thời|hoặc phối hợp|"
    r"hoặc tham mưu|như sau|xem|cùng tham gia|đồng bộ|luôn|giúp|quán triệt)(?!\w)"
)
_MAYBE = re.compile(rf"(?:{alternatives(_AMBIGUOUS)})(?!\w)")
_RELATED = re.compile(r"(?:liên quan|hữu quan)(?!\w)")
_AFTER_RELATED = re.compile(
    r"\s*(?:[,;(]|và(?!\w)|khác(?!\w)|của|trên địa bàn|thuộc|ở|tại (?:địa|tỉnh|thành)|trong (?:tỉnh|thành|"
    r"nước|và)|đến|cấp)"
)
_NOUN_BEFORE = re.compile(
    r"(?:dự án|cơ quan|đơn vị|cơ sở|cán bộ|chức năng|nhà|chủ|dịch vụ|công ty|doanh nghiệp|ngành|báo chí|"
    r"tổ chức|"
    r"các|những|công|độc|tự|ban|được|trường|viện|hội|trung tâm|,|và|làm|lực lượng|ủy quyền|bộ phận|"
    r"thanh tra|phòng)\s*$"
)
_NOUN_AFTER = re.compile(
    r"\s*(?:liên quan|có liên quan|thành viên|chính trị|xã hội|đoàn thể|hữu quan|quốc tế|kinh tế|"
    r"phi chính phủ|đảng|nước ngoài|cá nhân|và|,|;|\.|$|hữu nghị|trong|ngoài|"
    r"nhân dân|khoa học|tín dụng|tôn giáo|cung cấp|khác|tư vấn|hành nghề|nghề|đơn vị|cơ quan|doanh nghiệp|"
    r"đại chúng|truyền thông|nhà nước|chuyên ngành|chuyên môn|dịch vụ|thị trường|giống|của|có trách nhiệm|"
    r"được|thuộc|trực thuộc|trên|tại)"
)


_NAMES_FOLLOW = re.compile(r".{0,12}(?:phường|xã|huyện|tỉnh|[Ss]ở|ngành|đặc khu): (?=[A-ZĐ])")


_PLAIN_KINDS = (
    "ubnd", "ủy ban", "công an", "sở,", "cơ quan", "đơn vị", "địa phương", "doanh nghiệp", "lực lượng",
)  # fmt: skip


def is_body(text: str, low: str, at: int = 0) -> bool:
    """Whether a body's name or a group of bodies starts at `at`; a bare noun counts only in a group."""
    m = BODY.match(low, at)
    if m is None:
        return False
    if _PLURAL.match(low, at) or _TITLE_RE.match(low, at):
        return True
    if text[at].isupper() and _NAMED_RE.match(low, at):
        return True
    return low.startswith(_PLAIN_KINDS, at)


LONGEST_LIST = 1000
# After a unit's own name ("phường Văn Phú") a small word that links nothing says what the body does.
_PLACE_NAMED = re.compile(
    rf"(?:phường|xã|huyện|tỉnh|quận|thành phố|thị xã|đặc khu|thị trấn)(?: [{UPPER}][\w.-]*)+\s$"
)
_LINK_WORDS = (
    "và các cùng hoặc là nơi thuộc trên trực cũ mới tại khu chi nhánh có liên quan khác xã phường được hoạt "
    "đóng"
)
_LINKS = frozenset(_LINK_WORDS.split())


_WORD = re.compile(r"\w+|[^\w\s]")


def list_end(text: str, low: str, start: int, stop: int) -> int:
    """Where a list of bodies that starts at `start` ends: at the verb or phrase that says what they do."""
    at, depth, relative = start, 0, False
    stop = min(stop, start + LONGEST_LIST)
    for m in _WORD.finditer(low, start, stop):
        at, mark = m.start(), m.group()
        depth += (mark == "(") - (mark == ")")
        if depth > 0 or mark in "()":
            continue
        if not mark[0].isalnum():
            if _mark_ends(text, low, start, at):
                return _trim(text, start, at)
            continue
        if mark == "được" and at > start:
            relative = True
            continue
        ends, relative = _ends_at(text, low, (start, at, stop), relative)
        if ends or _named_place_ends(text, start, at, mark):
            return _trim(text, start, at)
        related = _RELATED.match(low, at)
        if related and not relative and not _AFTER_RELATED.match(low, related.end()):
            return related.end()
    return _trim(text, start, stop)


def _mark_ends(text: str, low: str, start: int, at: int) -> bool:
    """Whether a mark ends the list: a colon (but not "các phường: A, B"), an end mark, a semicolon before no
    body.
    """
    mark = low[at]
    if mark == ":":
        return _NAMES_FOLLOW.match(text, max(start, at - 12)) is None or bool(VERBS.match(low, at + 2))
    if mark == ".":
        return not text[at - 1 : at].isupper() and not low.startswith("tp", max(0, at - 2))
    return mark in "“”…!?" or (mark == ";" and not _body_follows(text, low, at + 1))


def _named_place_ends(text: str, start: int, at: int, word: str) -> bool:
    """A small word behind a unit's own name: what the body does begins."""
    return (
        text[at].islower() and word not in _LINKS and bool(_PLACE_NAMED.search(text, max(start, at - 40), at))
    )


def _ends_at(text: str, low: str, place: tuple[int, int, int], relative: bool) -> tuple[bool, bool]:
    """Whether the word at place[1] ends the list begun at place[0], and whether a relative clause
    ("được giao …") still runs.
    """
    start, at, stop = place
    if at == start or not text[at].islower() or (low[at - 1] == "-" and low[at - 2 : at - 1] != " "):
        return False, relative
    if relative:
        if low.startswith(("có trách nhiệm", "chịu trách nhiệm", "phải "), at):
            return True, False
        if _END.match(low, at) or _MAYBE.match(low, at):
            duty = re.compile(r"[^.;]{0,220}?(?:có|chịu) trách nhiệm").match(low, at, stop)
            first = not re.search(
                r"được[^,;]*?(?:giao|phân công|cấp|ủy quyền|thụ hưởng|chỉ định|chọn|thành lập)", low[start:at]
            )
            chained = bool(re.search(r"(?:giao|phân công|chủ trì|phối hợp|nhiệm vụ|cấp) ?$", low[start:at]))
            return not (duty or first or chained), relative
        return False, relative
    sure = _END.match(low, at)
    if sure and text[at : sure.end()].islower():
        return not _inside_name(low, at) and not _needs_name(text, at), relative
    if _MAYBE.match(low, at):
        return not _is_noun(low, at), relative
    return False, relative


def _needs_name(text: str, at: int) -> bool:
    """ "cần" before a capital: the first half of a place's name with its own capital lost."""
    return text.startswith("cần ", at) and text[at + 4 : at + 5].isupper()


def _inside_name(low: str, at: int) -> bool:
    """Phrases of the list itself: "có liên quan", "cơ quan về …", "tại các nước", "đến cấp xã"."""
    if low.startswith("là", at) and low[:at].endswith(("nhất ", "đặc biệt ")):
        return True
    if low.startswith("về ", at) and low[:at].endswith(("nhà nước ", "chuyên môn ")):
        return True
    if low.startswith("hình thành", at) and low[:at].endswith("truyền "):
        return True
    if low.startswith("xây dựng", at) and low[:at].endswith(("dự án đầu tư ", "dự án ")):
        return True
    if low.startswith(("về người", "về nước"), at) or low.startswith("theo ngành", at):
        return True
    if low.startswith("từ ", at) and low.startswith("từ tỉnh đến", at):
        return True
    return low.startswith("đến ", at) and bool(re.match(r"đến (?:cấp|cơ sở|xã|địa phương)", low[at:]))


def _is_noun(low: str, at: int) -> bool:
    """Whether an ambiguous word is part of a name here ("các tổ chức thành viên", "cơ quan quản lý nhà
    nước").
    """
    m = _MAYBE.match(low, at)
    assert m is not None
    before = low[max(0, at - 14) : at]
    word = m.group()
    if word == "quản lý" and re.search(
        r"(?:phạm vi|thuộc|cơ quan|ban|chức năng|được giao|lĩnh vực) ?$", before
    ):
        return True
    if word in ("tổ chức", "lãnh đạo"):
        return bool(re.search(r"(?:các|những|,|và|cá nhân|số|hội|đơn vị)\s*$", before)) and bool(
            _NOUN_AFTER.match(low, m.end())
        )
    if word in ("chủ trì", "phối hợp", "tham mưu"):
        return bool(re.search(r"(?:cơ quan|đơn vị|được giao|phân công|giao) ?$", before))
    if word in ("thông tin", "truyền thông", "đào tạo", "đầu tư", "phát triển", "sản xuất"):
        return bool(_NOUN_BEFORE.search(before))
    return bool(_NOUN_BEFORE.search(before)) and (
        bool(_NOUN_AFTER.match(low, m.end()))
        or (not re.search(r"[,và]\s*$", before) and before[-8:] == "cơ quan ")
    )


def _body_follows(text: str, low: str, at: int) -> bool:
    while at < len(low) and low[at] == " ":
        at += 1
    return at < len(low) and is_body(text, low, at)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;-–":
        end -= 1
    for word in (" và", " hoặc", " cùng", ",", " cũng", " tiếp"):
        if text[start:end].endswith(word):
            return _trim(text, start, end - len(word))
    return end


# ---- parting a list

_SEPARATOR = re.compile(
    r"\s*;\s*|\s*,\s*(?:nhất là|trong đó có|đặc biệt là|cùng với|cùng|và)\s+|\s*,\s*|\s+và\s+|"
    r"\s+cùng\s+(?:với\s+)?|\s+với\s+(?=[A-ZĐ])"
)
_COMPOUND = re.compile(
    r"đại biểu quốc hội và (?:hđnd|hội đồng nhân dân)|phát thanh(?: và|,| -) truyền hình|chính trị - xã hội|"
    r"khoa học và (?:kỹ thuật|công nghệ)|vừa và nhỏ",
    re.IGNORECASE,
)


def split_bodies(text: str, low: str) -> list[tuple[int, int]]:
    """Places (start, end) of the distinct bodies in a list of them; an enumeration of kinds stays one."""
    kept = [(m.start(), m.end()) for m in _COMPOUND.finditer(low)]
    depth_free = _outside_brackets(text)
    places: list[tuple[int, int]] = []
    begin, at = 0, 0
    for m in _SEPARATOR.finditer(low):
        if not depth_free[m.start()] or any(a <= m.start() < z for a, z in kept):
            continue
        at = m.end()
        following = _SEPARATOR.search(low, at)
        piece_end = following.start() if following else len(low)
        if _new_body(text, low, begin, m, piece_end):
            places.append((begin, m.start()))
            begin = at
    places.append((begin, len(text)))
    return [(a, z) for a, z in ((_skip(text, a), z) for a, z in places) if z > a]


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,;":
        at += 1
    return at


def _outside_brackets(text: str) -> list[bool]:
    out, depth = [], 0
    for c in text:
        depth += (c == "(") - (c == ")")
        out.append(depth <= 0)
    return out


def _new_body(text: str, low: str, begin: int, sep: re.Match[str], piece_end: int) -> bool:
    """Whether a distinct body starts after the separator, or the list of kinds (or the name) before it
    goes on.
    """
    at = sep.end()
    piece = low[at:piece_end].strip()
    if not piece or _TERRITORY.match(low, at) or not BODY.match(low, at):
        return "nhất là" in sep.group() or "đặc biệt là" in sep.group()
    if ";" in sep.group():
        return True
    comma = "," in sep.group() and "và" not in sep.group()
    group = is_group(text, low, begin)
    same = _TITLE_RE.match(low, at) and _TITLE_RE.match(low, begin) and comma
    if same and "các" in piece and not piece.startswith(("chủ tịch", "bí thư")):
        return False
    if _PLURAL.match(low, at):
        return True
    if text[at].isupper() and (_NAMED_RE.match(low, at) or _TITLE_RE.match(low, at)):
        bare = _GROUP_RE.fullmatch(piece) or _NAMED_RE.fullmatch(piece)
        return not (bare and group)
    if low.startswith(("ubnd", "ủy ban", "công an"), at):
        return True
    return _new_small(low, begin, sep, piece, comma=comma, group=group)


def _new_small(low: str, begin: int, sep: re.Match[str], piece: str, *, comma: bool, group: bool) -> bool:
    """A small generic noun after the separator ("cơ quan, đơn vị có liên quan")."""
    if comma:
        return not group and bool(
            re.match(r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|sở|ban|ngành|hội|đoàn thể|lực lượng)", piece)
        )
    if ";" in sep.group() or not group:
        return bool(
            re.match(
                r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|sở|ban,|ngành|đoàn thể|lực lượng|địa phương|hội|"
                r"cá nhân|thủ trưởng|giám đốc|chủ tịch|người đứng đầu)",
                piece,
            )
        )
    following = low[sep.end() + len(piece) :]
    chain = bool(re.match(r"\s*,\s*(?:đơn vị|ngành|tổ chức|ban|địa phương|cá nhân|doanh nghiệp)", following))
    own = bool(re.search(r"liên quan|hữu quan|khác", piece)) and bool(
        re.search(r"(?:sở|ngành|ban)(?!\w)", low[begin : sep.start()])
    )
    head = piece.split()[:2]
    again = len(head) == 2 and _PLURAL.sub("", low[begin : sep.start()]).split()[:2] == head
    return bool(re.match(r"(?:cơ quan|đơn vị|tổ chức)", piece)) and (chain or own or again)


_BARE_KIND = re.compile(r"(?:viện|trường|doanh nghiệp|hội|đoàn thể|cơ quan|đơn vị)\s*[,;]")


def is_group(text: str, low: str, at: int = 0) -> bool:
    """Whether the body at `at` is a kind of bodies ("các sở, ban, ngành"), not one with a name."""
    if _PLURAL.match(low, at) or _BARE_KIND.match(low, at):
        return True
    if re.compile(r"(?:sở|ban|bộ|ngành|hội)\s*,").match(low, at):
        return True
    if _TITLE_RE.match(low, at):
        return bool(re.compile(rf"(?:{_TITLES})\s+(?:các|cơ quan|đơn vị|sở,|những)").match(low, at))
    return (not text[at : at + 1].isupper() and bool(_GROUP_RE.match(low, at))) or bool(
        re.compile(r"(?:cơ quan|đơn vị|địa phương|doanh nghiệp|tổ chức|lực lượng|thành viên)(?!\w)").match(
            low, at
        )
    )
