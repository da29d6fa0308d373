"""How a document spells its words, to notice a name that is spelled otherwise, or cut."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.surroundings import plain
from nhipcau.core.planreader.words import VERB_WORDS
from nhipcau.core.text.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
# Words, numbers, and marks one by one; a line feed is a mark, so that no name goes on over it.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w ]")
# Departments of a province, as laws name them now and named them before: what "Sở …" goes on with.
DEPARTMENTS = (
    "nội vụ|tư pháp|tài chính|kế hoạch và đầu tư|công thương|xây dựng|giao thông vận tải|nông nghiệp và|"
    "tài nguyên và môi trường|khoa học và công nghệ|thông tin và truyền thông|lao động|văn hóa|văn hoá|"
    "du lịch|y tế|giáo dục và đào tạo|ngoại vụ|quy hoạch|dân tộc và|an toàn thực phẩm|thương mại|công nghiệp"
)
_DEPARTMENT = re.compile(
    rf"sở (?!(?:{DEPARTMENTS})(?!\w)|ban |ngành|chủ quản|liên quan|có liên|quản lý|chuyên ngành)\w"
)
_DEPARTMENT_CUT = re.compile(
    r"sở (?:tư|tài|công|xây|nội|ngoại|y|kế hoạch và?|thông tin(?: và)?|khoa học(?: và)?|giáo dục(?: và)?|văn|"
    r"lao động(?: -| – thương binh)?|nông nghiệp(?: và)?|tài nguyên(?: và)?|giao thông|du|an toàn)$"
)
MOST_PLACES, MUCH = 200, 2
# Words that no name goes on with: what links bodies, and the first words of what they do.
_LINKS = "và cùng với hoặc có phải cần sẽ được là để theo trên tại trong thuộc khi căn"
_NOT_OF_NAMES = frozenset(_LINKS.split()) | {
    verb.split()[0] for verb in VERB_WORDS.replace("\n", "").split("|")
}


class Spelling:
    """Which spellings two neighbouring words have in a document, and what follows a name."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(shadow(text))
        self.counts = Counter(self.tokens)
        self.pairs = Counter(pairwise(self.tokens))
        distinct = list(self.counts)
        bare = plain(" ".join(distinct)).split(" ") if distinct else []
        self.bare = dict(zip(distinct, bare, strict=True))
        self.places: dict[str, list[int]] | None = None
        self.known: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for a, b in self.pairs:
            self.known.setdefault((self.bare[a], self.bare[b]), []).append((a, b))
        self.seen: dict[str, tuple[bool, bool]] = {}

    def strange(self, name: str) -> bool:
        """Whether two words of a name are mostly spelled otherwise here, a word is none, a long name has no
        marks at all, or a department is called as none is.
        """
        return self._both(name)[0]

    def goes_on(self, name: str) -> bool:
        """Whether a name goes on in the same way wherever else the document has it."""
        return self._both(name)[1]

    def _both(self, name: str) -> tuple[bool, bool]:
        if name not in self.seen:
            low = shadow(name)
            self.seen[name] = (self._strange(name, low), self._goes_on(low))
        return self.seen[name]

    def _strange(self, name: str, low: str) -> bool:
        words = _WORD.findall(low)
        if (len(words) > 2 and low.isascii()) or _DEPARTMENT.match(low):
            return True
        if any(not is_syllable(w) for w in _WORD.findall(name) if len(w) > 2 and not w[1:].isupper()):
            return True
        return any(self._otherwise(pair) for pair in pairwise(_TOKEN.findall(low)))

    def _otherwise(self, pair: tuple[str, str]) -> bool:
        if not (_WORD.fullmatch(pair[0]) and _WORD.fullmatch(pair[1])):
            return False
        known = self.known.get((self.bare.get(pair[0], ""), self.bare.get(pair[1], "")), [])
        return any(self.pairs[o] > self.pairs[pair] and self._rarer(pair, o) for o in known if o != pair)

    def _rarer(self, pair: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether the words that differ are much rarer here than those of the other pair."""
        differing = [(a, b) for a, b in zip(pair, other, strict=True) if a != b]
        return all(self.counts[b] >= MUCH * max(1, self.counts[a]) for a, b in differing)

    def _goes_on(self, low: str) -> bool:
        if _DEPARTMENT_CUT.match(low):
            return True
        words = _TOKEN.findall(low)
        followers: Counter[str] = Counter()
        for i in self._where(words[0]) if words else []:
            end = i + len(words)
            if self.tokens[i:end] == words:
                after = self.tokens[end] if end < len(self.tokens) else ""
                followers[after if _WORD.fullmatch(after) and after not in _NOT_OF_NAMES else ""] += 1
        alone = followers.pop("", 0)
        return alone <= 1 and len(followers) == 1 and followers.total() > 1

    def _where(self, word: str) -> list[int]:
        """Where a word stands, the first places only; all are looked up at once when first asked."""
        if self.places is None:
            self.places = {}
            for i, token in enumerate(self.tokens):
                self.places.setdefault(token, []).append(i)
        return self.places.get(word, [])[:MOST_PLACES]
