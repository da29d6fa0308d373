"""Walking through all pages that a role can reach by links, and what is looked at on each.

With a browser (`opened_in`), or without one where only the words count (`read_by`).
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
SETTLED = """() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')
    && (!document.querySelector('#desk [data-form]') || document.querySelector('#desk .pd-edit'))"""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
INSPECT = (Path(__file__).parent / "inspect_page.js").read_text("utf-8")
VIETNAMESE = re.compile(
    r"[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ]", re.IGNORECASE
)
# The same in every language: the product's own name, names of formats.
NAMES = re.compile(r"Nhịp Cầu|\b(?:CSV|XLSX)\b")
# Who has much to do sees most pages; her empty counterpart of the cast sees what an empty page says.
WHO = (
    "dieuphoi@lamgiang.example.vn",
    "quantri@lamgiang.example.vn",
    "khcn@lamgiang.example.vn",
    "congthuong@lamgiang.example.vn",
    "xacaumay@lamgiang.example.vn",
    "lanhdao@lamgiang.example.vn",
    "bandoc@lamgiang.example.vn",
    "officer",
)
OUTSIDE = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/nowhere/"]
# Pages of one kind differ by their data alone: so many of each are looked at.
EACH_KIND = 2
# What stands on the page at an address; None for a file to download.
Visit = Callable[[str], dict[str, Any] | None]
# Faults of what stands on a page; the second says whether its kind is new.
Look = Callable[[dict[str, Any], bool], list[str]]


@dataclass
class Report:
    """Pages seen, and every fault with its page."""

    seen: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def add(self, address: str, faults: list[str]) -> None:
        self.seen.append(address)
        self.faults += [f"{address}: {fault}" for fault in faults]


def kind_of(address: str) -> str:
    """The view's name and the names of its parameters: pages that differ by their data alone are one kind."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return "no page"
    keys = sorted({key for key, value in parse_qsl(parts.query) if value and key != "next"})
    return f"{match.view_name}?{'&'.join(keys)}"


def crawl(visit: Visit, begin: list[str], look: Look, report: Report) -> None:
    """Breadth first from `begin`; kinds that `report` holds already are not looked at again."""
    waiting, known = deque(begin), set(begin)
    visits: Counter[str] = Counter(dict.fromkeys(report.kinds, EACH_KIND))
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        # The first page of each role differs by role and is always looked at.
        if visits[kind] >= EACH_KIND and address not in begin:
            continue
        seen = visit(address)
        if seen is None:
            # A file to download: reached, and nothing to look at.
            visits[kind] = EACH_KIND
            report.kinds.add(kind)
            continue
        new = kind not in report.kinds
        # A list with another filter is the same page; an object with other data may not be.
        visits[kind] += 1 if kind.endswith("?") else EACH_KIND
        report.add(address, look(seen, new))
        report.kinds.add(kind)
        fresh = [link for link in dict.fromkeys(seen["links"]) if link not in known]
        known.update(fresh)
        waiting.extend(fresh)


def opened_in(page: Page) -> Visit:
    """In a browser, once nothing moves any more."""

    def visit(address: str) -> dict[str, Any] | None:
        if not is_page(page, address):
            return None
        settle(page)
        return inspect(page)

    return visit


def is_page(page: Page, address: str) -> bool:
    """Open it; False for what the browser saves instead of showing it, or shows without our frame."""
    try:
        response = page.goto(address)
    except PlaywrightError as error:
        if "Download is starting" not in str(error):
            raise
        return False
    return response is not None and "text/html" in response.headers.get("content-type", "")


def settle(page: Page) -> None:
    """Wait until nothing is being exchanged: half-transparent words would fail axe's test of contrast."""
    with contextlib.suppress(PlaywrightTimeout):  # a desk whose first row has no form never opens one
        page.wait_for_function(SETTLED, timeout=2_000)


def inspect(page: Page) -> dict[str, Any]:
    """What stands on the page as it is now."""
    found: dict[str, Any] = page.evaluate(INSPECT)
    return found


def axe(page: Page, *, colours: bool = True) -> list[str]:
    """Violations that axe finds, a line each; without `colours` contrast is not looked at."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    options = {
        "resultTypes": ["violations"],
        "preload": False,
        "rules": {"color-contrast": {"enabled": colours}},
    }
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"axe {found['id']}: {found['nodes'][0]['html'][:160]} ({len(found['nodes'])})"
        for found in result["violations"]
    ]


def form_faults(seen: dict[str, Any], language: str) -> Iterator[str]:
    """What holds on every page, in every language."""
    if seen["language"] != language:
        yield f"the page says it is in {seen['language']!r}"
    if seen["headings"] != 1:
        yield f"{seen['headings']} first headings"
    if seen["wider"]:
        yield f"scrolls sideways: {', '.join(seen['wider'])}"


def foreign_words(seen: dict[str, Any]) -> list[str]:
    """Vietnamese words on an English page, users' own apart."""
    lines = NAMES.sub("", f"{seen['words']}\n{seen['attributes']}").splitlines()
    return [f"Vietnamese: {line.strip()[:120]}" for line in lines if VIETNAMESE.search(line)]


def unmarked_words(seen: dict[str, Any]) -> list[str]:
    """Letters outside the marks that the pseudo-locale puts round every translated text."""
    text = NAMES.sub("", f"{seen['words']}\n\n{seen['attributes']}")
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    while inner.search(text):
        text = inner.sub("", text)
    return [f"unmarked: {line.strip()[:120]}" for line in text.splitlines() if re.search(r"[^\W\d_]", line)]
