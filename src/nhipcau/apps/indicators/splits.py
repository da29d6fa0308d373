"""By what a figure can be told apart: group, sex, country, year; and whether the parts fit the total.

Categories are facts with both names, not words of the catalogue: they stand in sheets and files as they are.
Every dimension but the year has the remainder "không rõ": what could not be told is said, not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from nhipcau.apps.indicators.figures import written
from nhipcau.apps.reference.models import Country
from nhipcau.apps.webkit.formats import in_vietnamese
from nhipcau.core.workdays import Window

REMAINDER = "unknown"


@dataclass(frozen=True, slots=True)
class Category:
    """`formerly`: a label of older figures, printed only beside those."""

    code: str
    vi: str
    en: str
    formerly: str = ""

    @property
    def label(self) -> str:
        """In the language of the page."""
        return self.vi if in_vietnamese() else self.en


UNKNOWN = Category(REMAINDER, "Không rõ", "Not known")
SEXES = (Category("male", "Nam", "Male"), Category("female", "Nữ", "Female"), UNKNOWN)
GROUPS = (
    Category(
        "former_national",
        "Người gốc Việt Nam định cư ở nước ngoài (không còn quốc tịch Việt Nam)",
        "People of Vietnamese origin settled abroad (no longer nationals)",
        formerly="Việt kiều",
    ),
    Category(
        "settled",
        "Công dân Việt Nam định cư ở nước ngoài",
        "Vietnamese nationals settled abroad",
        formerly="Di cư",
    ),
    Category(
        "married",
        "Người kết hôn có yếu tố nước ngoài",
        "People abroad by marriage",
        formerly="Kết hôn có yếu tố nước ngoài",
    ),
    Category("worker", "Người lao động ở nước ngoài", "People working abroad", formerly="Lao động"),
    Category("student", "Người học tập ở nước ngoài", "People studying abroad", formerly="Học tập"),
    UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """`exclusive`: nobody stands in two categories, so the parts make the total. People can be in several
    groups: there each part is at most the total, and their sum says nothing.
    """

    code: str
    vi: str
    en: str
    exclusive: bool
    categories: Callable[[Window | None], tuple[Category, ...]]

    @property
    def label(self) -> str:
        return self.vi if in_vietnamese() else self.en


def _countries(_window: Window | None) -> tuple[Category, ...]:
    rows = Country.objects.current().values_list("code", "name", "name_en")
    return (*(Category(code, name, name_en) for code, name, name_en in rows), UNKNOWN)


def _years(window: Window | None) -> tuple[Category, ...]:
    """Those that the window touches."""
    if window is None:
        return ()
    years = range(window.first.year, window.last.year + 1)
    return tuple(Category(str(year), str(year), str(year)) for year in years)


_dimensions: dict[str, Dimension] = {
    found.code: found
    for found in (
        Dimension("group", "Theo nhóm người", "By group", False, lambda _window: GROUPS),
        Dimension("sex", "Theo giới tính", "By sex", True, lambda _window: SEXES),
        Dimension("country", "Theo quốc gia và vùng lãnh thổ", "By country or territory", True, _countries),
        Dimension("year", "Theo năm", "By year", True, _years),
    )
}


def dimensions() -> tuple[Dimension, ...]:
    """All, in the order in which forms offer them."""
    return tuple(_dimensions.values())


def dimension(code: str) -> Dimension | None:
    return _dimensions.get(code)


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit: `code` names it, `category` the part (empty: all of them), `words` say it."""

    code: str
    category: str
    words: str


def remainder(total: Decimal | None, parts: Mapping[str, Decimal | None]) -> Decimal | None:
    """What is left of the total for "không rõ", of a dimension whose parts exclude each other."""
    if total is None:
        return None
    return total - sum((value for value in parts.values() if value is not None), Decimal(0))


def check(
    found: Dimension,
    total: Decimal | None,
    parts: Mapping[str, Decimal | None],
    *,
    known: Collection[str],
    adds: bool = True,
) -> list[Fault]:
    """What does not fit between the total and its parts.

    `known` are the codes of the categories; `adds` is False where the definition is not added up over them
    (a stock by year). Parts that were left blank are not zero: then the rest may not exceed the total.
    """
    given = {code: value for code, value in parts.items() if value is not None}
    faults = [_strange(code) for code in given if code not in known]
    faults += [_negative(code) for code, value in given.items() if value < 0]
    if total is None or not given:
        return faults
    faults += [_above(code, value, total) for code, value in given.items() if value > total]
    if not (found.exclusive and adds) or faults:
        return faults
    summed = sum(given.values(), Decimal(0))
    if summed > total:
        return [_over(summed, total)]
    if summed < total and set(given) >= set(known):
        return [_under(summed, total)]
    return []


def _strange(code: str) -> Fault:
    words = _("There is no category “%(code)s”: choose one of the list.")
    return Fault("unknown-category", code, words % {"code": code})


def _negative(code: str) -> Fault:
    return Fault("negative", code, _("A figure cannot be below 0."))


def _above(code: str, value: Decimal, total: Decimal) -> Fault:
    words = _("%(part)s of the split is more than the total, %(total)s. Correct one of them.")
    return Fault("part-over-total", code, words % _figures(value, total))


def _over(summed: Decimal, total: Decimal) -> Fault:
    words = _("The parts make %(part)s, more than the total, %(total)s. Correct the parts or the total.")
    return Fault("sum-over-total", "", words % _figures(summed, total))


def _under(summed: Decimal, total: Decimal) -> Fault:
    words = _("The parts make %(part)s, less than the total, %(total)s. Enter the rest as “not known”.")
    return Fault("sum-under-total", "", words % _figures(summed, total))


def _figures(part: Decimal, total: Decimal) -> dict[str, str]:
    return {"part": written(part), "total": written(total)}
