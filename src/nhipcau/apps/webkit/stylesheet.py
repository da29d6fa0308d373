"""Cutting a large style sheet down to what a set of pages uses.

Tabler's sheet is 635 kB (80 kB compressed) and we use a few dozen of its classes. A rule stays when every
class in one of its selectors is used somewhere; element rules (the reset) always stay; custom properties and
key frames stay when something that stays refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NEGATED = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
_VARIABLE_USE = re.compile(r"var\(\s*(--[\w-]+)")
_NAMES = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Block:
    """`head{body}`, or a statement without a body (`@charset "UTF-8";`)."""

    head: str
    body: str | None


def _skip_string(text: str, at: int) -> int:
    quote, at = text[at], at + 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _end_of_block(text: str, opening: int) -> int:
    """The place of the brace that closes the one at `opening`."""
    depth, at = 0, opening
    while at < len(text):
        if text[at] in "\"'":
            at = _skip_string(text, at)
            continue
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    raise ValueError("the style sheet ends inside a block")


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a sheet without comments, in order."""
    at, start = 0, 0
    while at < len(text):
        if text[at] in "\"'":
            at = _skip_string(text, at)
        elif text[at] == ";":
            yield Block(text[start:at].strip(), None)
            at = start = at + 1
        elif text[at] == "{":
            end = _end_of_block(text, at)
            yield Block(text[start:at].strip(), text[at + 1 : end])
            at = start = end + 1
        else:
            at += 1


def split_top(text: str, mark: str) -> list[str]:
    """Split at `mark` outside brackets and strings."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        if text[at] in "\"'":
            at = _skip_string(text, at)
            continue
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth -= 1
        elif text[at] == mark and depth == 0:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [part for part in [*parts, text[start:]] if part.strip()]


def _kept_selectors(head: str, used: set[str]) -> str:
    kept = [part for part in split_top(head, ",") if set(_CLASS.findall(_NEGATED.sub("", part))) <= used]
    return ",".join(kept)


def _keep(sheet: list[Block], used: set[str]) -> list[Block]:
    kept = []
    for block in sheet:
        if block.body is None or block.head.startswith(("@keyframes", "@property", "@font-face")):
            kept.append(block)
        elif block.head.startswith("@"):
            inner = _keep(list(blocks(block.body)), used)
            if inner:
                kept.append(Block(block.head, _write(inner)))
        else:
            selectors = _kept_selectors(block.head, used)
            if selectors:
                kept.append(Block(selectors, block.body))
    return kept


def _write(sheet: list[Block]) -> str:
    return "".join(f"{b.head};" if b.body is None else f"{b.head}{{{b.body}}}" for b in sheet)


def _without_unused_variables(sheet: list[Block], elsewhere: str) -> list[Block]:
    """Drop declarations of custom properties that nothing kept, and nothing in `elsewhere`, refers to."""
    used = set(_VARIABLE_USE.findall(_write(sheet))) | set(_VARIABLE_USE.findall(elsewhere))

    def clean(block: Block) -> Block | None:
        if block.body is None or block.head.startswith("@keyframes"):
            return block
        if block.head.startswith("@property"):
            return block if block.head.split()[-1] in used else None
        if block.head.startswith("@"):
            inner = [kept for kept in map(clean, blocks(block.body)) if kept]
            return Block(block.head, _write(inner)) if inner else None
        lines = [
            line
            for line in split_top(block.body, ";")
            if not line.strip().startswith("--") or line.split(":")[0].strip() in used
        ]
        return Block(block.head, ";".join(lines)) if lines else None

    return [kept for kept in map(clean, sheet) if kept]


def _without_unused_frames(sheet: list[Block]) -> list[Block]:
    text = _write([b for b in sheet if not b.head.startswith("@keyframes")])
    names = set(_NAMES.findall(" ".join(re.findall(r"animation[\w-]*:([^;}]*)", text))))
    return [b for b in sheet if not b.head.startswith("@keyframes") or b.head.split()[-1] in names]


def cut(text: str, used_classes: set[str], elsewhere: str = "") -> str:
    """The sheet with only what is used; `elsewhere` are sheets loaded beside it. Licence notes stay."""
    notes = "\n".join(re.findall(r"/\*!.*?\*/", text, re.S))
    sheet = _keep(list(blocks(re.sub(r"/\*.*?\*/", "", text, flags=re.S))), used_classes)
    while True:
        smaller = _without_unused_frames(_without_unused_variables(sheet, elsewhere))
        if _write(smaller) == _write(sheet):
            break
        sheet = smaller
    body = _write([b for b in sheet if not b.head.startswith("@charset")])
    return f'@charset "UTF-8";{notes}\n{body}\n'
