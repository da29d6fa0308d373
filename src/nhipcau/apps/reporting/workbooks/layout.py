"""The sheets of a form's workbook, their columns, and the lines that a unit's report begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from nhipcau.apps.indicators.splits import Category, Dimension
from nhipcau.apps.reporting.answering import Answers, figure_place, section_place, task_place
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.models import Section, SectionIndicator
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.apps.webkit.formats import format_date

# A dimension with more categories than these has rows to choose in, not a row for each.
MOST_LISTED = 20
EMPTY_SPLITS, EMPTY_DIFFICULTIES = 200, 30
TICK = "x"
WHOLE = "nothing"
Cell = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what a line's cells go by; `open`: the unit writes in it."""

    key: str
    head: str
    width: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class SheetKind:
    key: str
    name: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)


CODE = Column("code", "Mã dòng", 4)
TEXTS = SheetKind(
    "texts",
    "Nội dung",
    (
        CODE,
        Column("label", "Mục", 40),
        Column("guidance", "Hướng dẫn", 40),
        Column("text", "Nội dung báo cáo", 90, open=True),
        Column("nothing", "Không phát sinh (x)", 14, open=True),
    ),
)
TASKS = SheetKind(
    "tasks",
    "Nhiệm vụ",
    (
        CODE,
        Column("label", "Nhiệm vụ", 60),
        Column("due", "Hạn", 14),
        Column("text", "Kết quả thực hiện", 90, open=True),
    ),
)
FIGURES = SheetKind(
    "figures",
    "Số liệu",
    (
        CODE,
        Column("label", "Chỉ tiêu", 50),
        Column("category", "Phân tổ", 50),
        Column("unit", "Đơn vị tính", 14),
        Column("amount", "Số liệu", 18, open=True),
        Column("no_data", "Không có số liệu (x)", 14, open=True),
    ),
)
SPLITS = SheetKind(
    "splits",
    "Số liệu theo danh mục",
    (
        Column("label", "Chỉ tiêu, chọn trong danh sách", 60, open=True),
        Column("category", "Danh mục, chọn trong danh sách", 40, open=True),
        Column("amount", "Số liệu", 18, open=True),
    ),
)
DIFFICULTIES = SheetKind(
    "difficulties",
    "Khó khăn, kiến nghị",
    (
        CODE,
        Column("label", "Mục", 30),
        Column("text", "Khó khăn, vướng mắc, kiến nghị", 90, open=True),
        Column("addressee", "Gửi tới", 50, open=True),
    ),
)
KINDS = (TEXTS, TASKS, FIGURES, SPLITS, DIFFICULTIES)
BY_KEY = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet. `numbers` are the keys of cells that hold a number, not text; `row` where it stood
    in a sheet that came back, else 0.
    """

    kind: str
    cells: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    sheet: str = ""
    row: int = 0

    def cell(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Form:
    """What a workbook is made of. `closed` are places that nobody types: drawn figures, ratios."""

    asked: Asked
    lines: list[Line]
    split_labels: dict[str, tuple[SectionIndicator, Dimension]] = field(default_factory=dict)
    categories: dict[str, tuple[Category, ...]] = field(default_factory=dict)
    addressees: tuple[str, ...] = ()
    closed: frozenset[str] = frozenset()


def form_of(
    asked: Asked, answers: Answers, addressees: Iterable[str] = (), closed: Iterable[str] = ()
) -> Form:
    """The workbook with these answers in it."""
    splits = dict(split_labels(asked))
    made = [
        *_texts(asked, answers),
        *_tasks(asked, answers),
        *_figures(asked, answers),
        *_splits(asked, answers, splits),
        *_difficulties(asked, answers),
    ]
    categories = {
        found.code: parts for wanted in asked.figures.values() for found, parts in asked.splits_of(wanted)
    }
    return Form(asked, made, splits, categories, tuple(addressees), frozenset(closed))


def numbered(asked: Asked) -> dict[int, str]:
    """ "II. Kết quả" by the section's id."""
    marks = labels([each.level for each in asked.sections])
    return {each.pk: f"{mark} {each.title}" for each, mark in zip(asked.sections, marks, strict=True)}


def split_labels(asked: Asked) -> Iterator[tuple[str, tuple[SectionIndicator, Dimension]]]:
    """What the unit chooses, and what it means: splits with too many categories for a row each."""
    for at, each in enumerate(asked.figures.values(), start=1):
        for dimension, parts in asked.splits_of(each):
            if len(parts) > MOST_LISTED:
                yield f"{at}. {each.indicator.name}: {dimension.vi}", (each, dimension)


def _line(kind: SheetKind, cells: Mapping[str, Cell]) -> Line:
    numbers = frozenset(key for key, value in cells.items() if isinstance(value, Decimal))
    shown = {key: "" if value is None else str(value) for key, value in cells.items()}
    return Line(kind.key, shown, numbers)


def _texts(asked: Asked, answers: Answers) -> Iterator[Line]:
    names = numbered(asked)
    yield _line(
        TEXTS,
        {
            "code": WHOLE,
            "label": "Toàn bộ báo cáo",
            "guidance": "Chỉ đánh dấu x khi cả báo cáo không có nội dung phát sinh",
            "nothing": TICK if answers.nothing else "",
        },
    )
    for section in asked.sections:
        said = answers.of_section(section.pk)
        text = next((each.text for each in said if section.kind == Kind.NARRATIVE and each.text), "")
        nothing = any(each.nothing for each in said)
        if section.kind != Kind.HEADING:
            yield _line(
                TEXTS,
                {
                    "code": section_place(section.pk),
                    "label": names[section.pk],
                    "guidance": section.guidance or _where(section),
                    "text": text,
                    "nothing": TICK if nothing else "",
                },
            )


def _where(section: Section) -> str:
    """Where a section that is no text is answered."""
    sheets = {Kind.TASKS: TASKS, Kind.INDICATORS: FIGURES, Kind.DIFFICULTIES: DIFFICULTIES}
    kind = Kind(section.kind)
    if kind in sheets:
        return f"Điền ở trang “{sheets[kind].name}”"
    return "Tệp kèm theo gửi trên trang báo cáo" if kind == Kind.ATTACHMENTS else ""


def _tasks(asked: Asked, answers: Answers) -> Iterator[Line]:
    for section in asked.sections:
        if section.kind != Kind.TASKS:
            continue
        said = answers.of_tasks(section.pk)
        for pk, part in asked.tasks.items():
            text = said[pk].text if pk in said else ""
            cells = {
                "code": task_place(section.pk, pk),
                "label": part.task.text,
                "due": format_date(part.due_on),
                "text": text,
            }
            yield _line(TASKS, cells)


def _figures(asked: Asked, answers: Answers) -> Iterator[Line]:
    known = {each.place: each for each in answers.figures}
    for at, each in enumerate(asked.figures.values(), start=1):
        places = [("Tổng số", figure_place(each.pk))]
        for dimension, parts in asked.splits_of(each):
            if len(parts) <= MOST_LISTED:
                places += [
                    (f"{dimension.vi}: {part.vi}", figure_place(each.pk, dimension.code, part.code))
                    for part in parts
                ]
        for words, place in places:
            figure = known.get(place)
            cells: dict[str, Cell] = {
                "code": place,
                "label": f"{at}. {each.indicator.name}",
                "category": words,
                "unit": each.indicator.unit,
                "amount": figure.amount if figure else None,
                "no_data": TICK if figure and figure.no_data else "",
            }
            yield _line(FIGURES, cells)


def _splits(
    asked: Asked, answers: Answers, chosen: Mapping[str, tuple[SectionIndicator, Dimension]]
) -> Iterator[Line]:
    labels_of = {(each.pk, dimension.code): label for label, (each, dimension) in chosen.items()}
    names = {
        (dimension.code, part.code): part.vi
        for wanted in asked.figures.values()
        for dimension, parts in asked.splits_of(wanted)
        for part in parts
    }
    for figure in answers.figures:
        label = labels_of.get((figure.asked, figure.split))
        if label is not None and figure.amount is not None:
            category = names.get((figure.split, figure.category), figure.category)
            yield _line(SPLITS, {"label": label, "category": category, "amount": figure.amount})
    for _row in range(EMPTY_SPLITS if chosen else 0):
        yield _line(SPLITS, {})


def _difficulties(asked: Asked, answers: Answers) -> Iterator[Line]:
    names = numbered(asked)
    for section in asked.sections:
        if section.kind != Kind.DIFFICULTIES:
            continue
        said = [each for each in answers.of_section(section.pk) if not each.nothing]
        start = {"code": section_place(section.pk), "label": names[section.pk]}
        for each in said:
            yield _line(DIFFICULTIES, {**start, "text": each.text, "addressee": each.addressee})
        for _row in range(EMPTY_DIFFICULTIES):
            yield _line(DIFFICULTIES, start)
