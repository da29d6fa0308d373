"""Steps of an act from a sheet: the template, and what the rows of a filled-in one mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nhipcau.apps.orgs.actions.state_step import Body, Stated
from nhipcau.apps.orgs.models import OrganisationVersion, RestructuringStep
from nhipcau.apps.orgs.restructuring.wording import Called, bodies_called
from nhipcau.core.tablereader import Sheet
from nhipcau.core.text import fold

Kind = RestructuringStep.Kind
STEP, KIND, OLD, NEW, UNIT_KIND, SHORT, PARENT, FUNCTION, BASIS = range(9)
# The template is Vietnamese in every language: it goes back and forth between offices.
HEADS = (
    "Bước",
    "Loại",
    "Đơn vị trước",
    "Đơn vị sau",
    "Loại đơn vị mới",
    "Viết tắt",
    "Trực thuộc",
    "Chức năng chuyển",
    "Căn cứ",
)
KINDS: dict[str, str] = {
    "sáp nhập": Kind.MERGE,
    "hợp nhất": Kind.MERGE,
    "chia": Kind.SPLIT,
    "tách": Kind.SPLIT,
    "giải thể": Kind.ABOLISH,
    "kết thúc hoạt động một cấp": Kind.ABOLISH_TIER,
    "đổi tên": Kind.RENAME,
    "chuyển chức năng": Kind.MOVE_FUNCTION,
}
EXAMPLES: tuple[tuple[str, ...], ...] = (
    ("1", "hợp nhất", "Sở A", "Sở C", "sở, ngành", "SC", "", "", "Nghị quyết số …"),
    ("1", "", "Sở B", "", "", "", "", "", ""),
    ("2", "chuyển chức năng", "Sở D", "Sở C", "", "", "", "Quản lý …", ""),
    ("3", "đổi tên", "Sở E", "Sở E mới", "", "", "", "", ""),
    ("4", "kết thúc hoạt động một cấp", "huyện", "", "", "", "", "", ""),
)
# What bodies are called besides the names of their kinds.
ALSO = {
    "sở": "department",
    "sở, ngành": "department",
    "cấp huyện": "district",
    "huyện": "district",
    "quận": "district",
    "cấp xã": "commune",
    "xã": "commune",
    "phường": "commune",
    "đặc khu": "commune",
    "tỉnh": "province",
}
_FOLDED = {fold(words): kind for words, kind in KINDS.items()}
MOST_WRONG = 50


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken: its row in the sender's program, the head of its column, why."""

    row: int
    column: str
    words: str | Promise
    text: str = ""


@dataclass(slots=True)
class _Row:
    number: int
    cells: list[str]


@dataclass(slots=True)
class Understood:
    steps: list[Stated] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


NO_HEAD = _("The heads of the template were not found. Fill in the template and leave its first row.")
NO_STEP = _("Write the number of the step.")
NO_KIND = _("Not a kind of step. The template lists the words.")
TWO_KINDS = _("The rows of this step name two kinds.")
NOT_THERE = _("No body is called so on the act's day.")
SEVERAL = _("Several bodies are called so. Write the full name.")
NO_UNIT_KIND = _("It does not exist yet: say of which kind it is.")
NO_TIER = _("Not a tier: write for example huyện or xã.")


def understood(sheets: Sequence[Sheet], day: date) -> Understood:
    """The steps of the first sheet that has the template's heads; nothing of it when a cell is wrong."""
    found = Understood()
    rows = _rows(sheets)
    if rows is None:
        found.wrong.append(Wrong(1, HEADS[STEP], NO_HEAD))
        return found
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        number = row.cells[STEP].removesuffix(".0").strip()
        if not number:
            found.wrong.append(Wrong(row.number, HEADS[STEP], NO_STEP))
        else:
            groups.setdefault(number, []).append(row)
    names = [row.cells[place] for row in rows for place in (OLD, NEW, PARENT)]
    called = bodies_called([name for name in names if name], day)
    for group in groups.values():
        _take_in(found, group, called)
    if found.wrong:
        found.steps = []
    return found


def _rows(sheets: Sequence[Sheet]) -> list[_Row] | None:
    wanted = [fold(head) for head in HEADS]
    for sheet in sheets:
        for place, row in enumerate(sheet["rows"]):
            heads = [fold(cell).strip() for cell in row["cells"]]
            if heads[: NEW + 1] == wanted[: NEW + 1]:
                rest = sheet["rows"][place + 1 :]
                return [_Row(each["number"], _nine(each["cells"])) for each in rest]
    return None


def _nine(cells: Iterable[str]) -> list[str]:
    """Every column, cleaned; those that the sender left away are empty."""
    clean = [" ".join(cell.split()) for cell in cells][: len(HEADS)]
    return clean + [""] * (len(HEADS) - len(clean))


def _take_in(found: Understood, rows: list[_Row], called: Called) -> None:
    kinds = {_FOLDED.get(fold(row.cells[KIND]).strip(), "?"): row for row in rows if row.cells[KIND]}
    if "?" in kinds or not kinds:
        row = kinds.get("?", rows[0])
        found.wrong.append(Wrong(row.number, HEADS[KIND], NO_KIND, row.cells[KIND]))
        return
    if len(kinds) > 1:
        found.wrong.append(Wrong(rows[1].number, HEADS[KIND], TWO_KINDS))
        return
    kind = next(iter(kinds))
    tier, olds = "", []
    if kind == Kind.ABOLISH_TIER:
        tier = _unit_kind(rows[0].cells[OLD])
        if not tier:
            found.wrong.append(Wrong(rows[0].number, HEADS[OLD], NO_TIER, rows[0].cells[OLD]))
    else:
        olds = [body for row in rows if row.cells[OLD] for body in _there(found, row, OLD, called)]
    if kind == Kind.RENAME:
        olds = [
            Body(organisation=body.organisation, name=row.cells[NEW], abbreviation=row.cells[SHORT])
            for body, row in zip(olds, rows, strict=False)
        ]
        news: list[Body] = []
    else:
        news = [body for row in rows if row.cells[NEW] for body in _new(found, row, called)]
    found.steps.append(
        Stated(
            kind,
            list(dict.fromkeys(olds)),
            list(dict.fromkeys(news)),
            tier=tier,
            function=_first(rows, FUNCTION),
            legal_basis=_first(rows, BASIS),
        )
    )


def _first(rows: list[_Row], place: int) -> str:
    return next((row.cells[place] for row in rows if row.cells[place]), "")


def _there(found: Understood, row: _Row, place: int, called: Called) -> list[Body]:
    """A body that must exist on the day."""
    text = row.cells[place]
    known = _known(called, text)
    if known is not None:
        return [Body(organisation=known)]
    several = fold(text) in {fold(each) for each in called.several}
    found.wrong.append(Wrong(row.number, HEADS[place], SEVERAL if several else NOT_THERE, text))
    return []


def _known(called: Called, text: str) -> int | None:
    """By the words as they fold: the sheet may write one name in two ways."""
    return next((pk for each, pk in called.found.items() if fold(each) == fold(text)), None)


def _new(found: Understood, row: _Row, called: Called) -> list[Body]:
    """A body that exists, or one to be made, which needs its kind."""
    text = row.cells[NEW]
    known = _known(called, text)
    kind = _unit_kind(row.cells[UNIT_KIND])
    if known is not None:
        return [Body(organisation=known)]
    if fold(text) in {fold(each) for each in called.several}:
        found.wrong.append(Wrong(row.number, HEADS[NEW], SEVERAL, text))
        return []
    if not kind:
        found.wrong.append(Wrong(row.number, HEADS[UNIT_KIND], NO_UNIT_KIND, text))
        return []
    parent = _known(called, row.cells[PARENT]) if row.cells[PARENT] else None
    if row.cells[PARENT] and parent is None:
        found.wrong.append(Wrong(row.number, HEADS[PARENT], NOT_THERE, row.cells[PARENT]))
    return [Body(name=text, kind=kind, abbreviation=row.cells[SHORT], parent=parent)]


def _unit_kind(text: str) -> str:
    """A kind of body by what it is called in Vietnamese, or by its identifier."""
    wanted = fold(text).strip()
    return unit_kinds().get(wanted, "") if wanted else ""


def unit_kinds() -> dict[str, str]:
    """Folded words → kind."""
    with override("vi"):
        found = {fold(str(label)): str(value) for value, label in OrganisationVersion.Kind.choices}
    also = {fold(words): kind for words, kind in ALSO.items()}
    return {**found, **also, **{str(value): str(value) for value in OrganisationVersion.Kind.values}}
