"""A person's name as a source writes it."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from nhipcau.core.linkage.tests.unseen import writing
from nhipcau.core.linkage.tests.unseen.persons import Person
from nhipcau.core.linkage.tests.unseen.writing import fold


@dataclass(frozen=True, slots=True)
class Pen:
    """How a source writes names: the share of each habit."""

    bare: float
    abroad: float
    """How much it writes as people abroad do: order, husband's names, foreign names, hyphens."""
    errors: float
    upper: float
    drops_middle: float
    nicknames: float
    short: float


def write(person: Person, pen: Pen, rng: random.Random, heldout: bool) -> str:
    """The name in one of the source's ways."""
    bare = rng.random() < pen.bare
    words = _words(person, pen, rng)
    if rng.random() < pen.errors:
        words = writing.damaged(words, rng, bare)
    if heldout and rng.random() < pen.abroad * 0.3:
        words, bare = [slavic(fold(word)) for word in words], True
    text = _foreign(person, words, rng) if rng.random() < pen.abroad else _at_home(person, words, pen, rng)
    if heldout:
        text = _heldout(person, text, rng)
    text = fold(text) if bare else text
    if rng.random() < pen.upper:
        text = text.upper()
    elif rng.random() < 0.02:
        text = text.lower()
    return unicodedata.normalize("NFD", text) if rng.random() < 0.03 else text


def _words(person: Person, pen: Pen, rng: random.Random) -> list[str]:
    middle = person.middle.split()
    if middle and rng.random() < pen.drops_middle:
        middle = middle[1:] if len(middle) > 1 else []
    given = person.given.split()
    if len(given) > 1 and rng.random() < 0.12:
        given = ["".join(given).capitalize()]
    words = [*person.surname.split(), *middle, *given]
    return writing.abroad_hoa(words) if rng.random() < pen.abroad * 0.1 else words


def _at_home(person: Person, words: list[str], pen: Pen, rng: random.Random) -> str:
    if len(words) > 2 and rng.random() < pen.short:
        short = {"Nguyễn": "Ng.", "Thị": "T.", "Văn": "V.", "Huỳnh": "H.", "Trần": "Tr."}
        words = [*(short.get(word, word) for word in words[:-1]), words[-1]]
    text = " ".join(words)
    if person.nickname and rng.random() < pen.nicknames:
        text += rng.choice((" ({})", " (tự {})", " tự {}", " - {}", " (tên gọi khác: {})")).format(
            person.nickname
        )
    elif rng.random() < 0.02:
        text = ("Bà " if person.sex == "f" else "Ông ") + text
    elif rng.random() < 0.02:
        text = text.replace(" ", "  ", 1) + " "
    return text


def _foreign(person: Person, words: list[str], rng: random.Random) -> str:
    """The order, hyphens, husband's and foreign names of abroad."""
    surname, rest = words[0], words[1:] or words[:1]
    given = rest[-len(person.given.split()) :]
    kind = rng.random()
    if person.husband and kind < 0.6:
        return rng.choice(
            (
                f"{' '.join(rest)} {person.husband}", f"{' '.join(rest)} {surname} {person.husband}",
                f"{' '.join(words)} {person.husband}", f"{person.husband}, {' '.join(given)}",
                f"{' '.join(rest)} {surname}-{person.husband}", f"Mrs {' '.join(given)} {person.husband}",
                f"{' '.join(words)} ({person.husband})",
            )
        )  # fmt: skip
    if person.foreign and kind < 0.65:
        return rng.choice(
            (
                f"{person.foreign} {surname}", f"{person.foreign} {' '.join(given)} {surname}",
                f"{' '.join(words)} ({person.foreign})", f"{' '.join(words)} {person.foreign}",
                f"{person.foreign} {' '.join(words)}", f"{surname} {person.foreign}",
            )
        )  # fmt: skip
    return rng.choice(
        (
            f"{'-'.join(rest)} {surname.upper()}", f"{' '.join(rest)} {surname}",
            f"{' '.join(given)} {surname}",
            f"{surname.upper()}, {' '.join(rest)}", f"{surname.upper()} {'-'.join(rest)}",
            f"{''.join(rest).capitalize()} {surname}",
            f"{' '.join(given)} {' '.join(rest[: -len(given)])} {surname}",
            " ".join(words), " ".join(words),
        )
    )  # fmt: skip


# --- held out ---------------------------------------------------------------------------------------------


def slavic(word: str) -> str:
    """A word out of Cyrillic again: "Nguen", "Fam", "Khung"."""
    for here, there in (
        ("Ph", "F"),
        ("ph", "f"),
        ("uye", "ue"),
        ("H", "Kh"),
        ("Kkh", "Kh"),
        ("Y", "I"),
        ("y", "i"),
    ):
        word = word.replace(here, there)
    return word


def _heldout(person: Person, text: str, rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.02:
        return f"{text} ({person.day[0]})"
    if kind < 0.04:
        return f"{'Frau' if person.sex == 'f' else 'Herr'} {text}"
    if kind < 0.06:
        return f"{text} (con ông {person.home.father})"
    if kind < 0.08:
        return text.replace(" ", ". ", 1)[:1] + text[text.find(" ") :]
    return text
