"""The names of units as keys that are the same however a name is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from nhipcau.core.places.units import Units, Version
from nhipcau.core.places.words import TYPE_WORDS, number_of, split

LONGEST = 7


@dataclass(frozen=True, slots=True)
class Named:
    """A version under one of its names; `own` is false for older and further ones, `marked` has the marks."""

    version: Version
    marked: str
    own: bool = True
    types: frozenset[str] = frozenset()


@dataclass(slots=True)
class Index:
    """`exact`: folded name without spaces → who bears it. `loose`: the same with y as i, and `starts` how
    those begin.
    """

    exact: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    starts: set[str] = field(default_factory=set)

    def add(self, key: str, named: Named) -> None:
        if key not in self.exact:
            loose = key.replace("y", "i")
            if key not in self.loose[loose]:
                self.loose[loose].append(key)
            self.starts.update(loose[:end] for end in range(1, len(loose) + 1))
        self.exact[key].append(named)

    def find(self, key: str) -> list[tuple[Named, bool]]:
        """Who bears the name, and whether it is written exactly so."""
        alike = self.loose.get(key.replace("y", "i"))
        if alike is None:
            return []
        return [(named, other == key) for other in alike for named in self.exact[other]]


def stem(version: Version) -> tuple[str, str]:
    """The name without its type, folded and with marks; both without spaces."""
    _text, words = split(version.name)
    length = 2 if tuple(word.plain for word in words[:2]) in TYPE_WORDS else 1
    rest = words[length:]
    return "".join(word.plain for word in rest), " ".join(word.marked for word in rest)


def make_index(units: Units) -> Index:
    """All names of all versions."""
    index = Index()
    for version in units.all():
        plain, marked = stem(version)
        index.add(plain, Named(version, marked))
        last = version.name.split()[-1]
        number = number_of(last.lower()) if last.isupper() else ""
        if number:
            index.add(plain[: -len(last)] + number, Named(version, marked))
    for key, names in units.other_names.items():
        for types, name in typed_names(names):
            for version in units.versions.get(key, ())[:1]:
                index.add(name, Named(version, "", False, types))
    for key, name in units.spoken:
        for version in units.versions.get(key, ()):
            index.add(name, Named(version, ""))
    return index


def typed_names(names: tuple[str, ...]) -> Iterator[tuple[frozenset[str], str]]:
    """Names without spaces, some of them twice, with their type and without it: each once, and its type."""
    rests = {rest for name in names for types, rest in (_typed(name),) if types}
    for name in names:
        types, rest = _typed(name)
        if types and name not in rests:
            yield types, rest.lstrip("0") if rest.isdigit() else rest
        elif not types and name not in rests:
            yield frozenset(), name


def _typed(name: str) -> tuple[frozenset[str], str]:
    for words, types in TYPE_WORDS.items():
        begin = "".join(words)
        if len(begin) > 1 and name.startswith(begin) and len(name) > len(begin):
            return types, name[len(begin) :]
    return frozenset(), name
