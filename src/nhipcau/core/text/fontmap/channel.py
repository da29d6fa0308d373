"""What one font prints for each letter: P(printed | true letter), letters with their case."""

from __future__ import annotations

from collections import defaultdict
from math import log

from nhipcau.core.text.fontmap.tokens import VIETNAMESE

_WEIGHT = 1.0
"""How many observations the prior is worth."""
_AS_BODY, _AGAINST_BODY = 0.5, 0.2
"""A second font often prints a foreign letter as the body does, more rarely otherwise."""
_LOOKALIKE = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "ǎ": "ă", "Ǎ": "Ă", "ō": "õ", "ū": "ũ", "ı": "i"}


class Channel:
    """One font. `mixes`: it may print a letter as another Vietnamese letter."""

    def __init__(self, mixes: bool, parent: Channel | None = None) -> None:
        self.mixes = mixes
        self.parent = parent
        self.counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.totals: defaultdict[str, float] = defaultdict(float)
        self._cache: dict[tuple[str, str], float] = {}

    def observe(self, true: str, printed: str, count: float = 1.0) -> None:
        self.counts[printed][true] += count
        self.totals[true] += count

    def move(self, printed: str, true: str, other: str) -> None:
        """Give to `other` what was observed of `true` printed so."""
        number = self.counts[printed].pop(true, 0.0)
        self.totals[true] -= number
        self.observe(other, printed, number)
        self._cache.clear()

    def log_probability(self, printed: str, true: str) -> float:
        key = (printed, true)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = log(self.probability(printed, true))
        return found

    def probability(self, printed: str, true: str) -> float:
        seen = self.counts[printed].get(true, 0.0) if printed in self.counts else 0.0
        return (seen + _WEIGHT * self._prior(printed, true)) / (self.totals.get(true, 0.0) + _WEIGHT)

    def known(self, printed: str, least: float = 0.5) -> dict[str, float]:
        """True letters that were seen printed so, with their counts."""
        return {t: n for t, n in self.counts.get(printed, {}).items() if n >= least}

    def surely(self, printed: str) -> str | None:
        """The true letter that was nearly always printed so, at least twice; None where there is none."""
        trues = self.counts.get(printed)
        if not trues:
            return None
        true = max(trues, key=trues.__getitem__)
        return true if trues[true] >= max(1.5, 0.8 * sum(trues.values())) else None

    def _prior(self, printed: str, true: str) -> float:
        if printed == true:
            return 0.85
        if printed in VIETNAMESE:
            if not self.mixes:
                return 1e-9
            base = 2e-4
        else:
            base = 5e-3 if printed.isupper() == true.isupper() else 5e-4
            if self.parent is not None and self.parent.surely(printed):
                base *= _AGAINST_BODY
        if _LOOKALIKE.get(printed) == true:
            base += 0.2
        if self.parent is not None:
            base += _AS_BODY * self.parent.share(printed, true)
        return base + self._other_case(printed, true)

    def _other_case(self, printed: str, true: str) -> float:
        """Maps keep the distance of a capital and its small letter: ệ as á means Ệ as à or Á. A font that
        mixes letters may print both alike."""
        other = true.lower() if true.isupper() else true.upper()
        step = chr(ord(printed) + 1) if true.isupper() else chr(max(0, ord(printed) - 1))
        swapped = printed.swapcase()
        like = max(self.share(step, other), self.share(swapped, other) if swapped != printed else 0.0)
        return 0.3 * like + (0.2 * self.share(printed, other) if self.mixes else 0.0)

    def share(self, printed: str, true: str) -> float:
        """Of the times `true` was seen, how often as `printed`; 0 when it was hardly seen."""
        seen = self.counts[printed].get(true, 0.0) if printed in self.counts else 0.0
        return seen / (self.totals[true] + 0.3) if seen else 0.0
