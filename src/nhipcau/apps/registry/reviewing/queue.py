"""The pairs that wait to be decided, the likeliest first, and where one is among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.models import Pair, SourceRecord
from nhipcau.apps.registry.reach import sees_all
from nhipcau.apps.registry.reviewing.resting import at_rest
from nhipcau.apps.webkit.addresses import whole

LIKELY, UNLIKELY = 2.0, -2.0
STRENGTHS = (
    ("likely", _("likely one person")),
    ("even", _("about as likely as not")),
    ("unlikely", _("likely two persons")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody works through: pairs with a record of a sender, a list, a commune; of some strength."""

    sender: int | None = None
    intake: int | None = None
    place: int | None = None
    strength: str = ""
    resting: bool = False

    @classmethod
    def of(cls, query: MultiValueDict[str, str]) -> Wanted:
        """What cannot be read is left out."""
        strength = query.get("strength", "")
        return cls(
            whole(query.get("sender", "")),
            whole(query.get("list", "")),
            whole(query.get("place", "")),
            strength if strength in dict(STRENGTHS) else "",
            query.get("resting") == "1",
        )

    @property
    def used(self) -> bool:
        return any((self.sender, self.intake, self.place, self.strength, self.resting))

    @property
    def query(self) -> str:
        """For the address, with its question mark; empty when nothing is chosen."""
        told = {"sender": self.sender, "list": self.intake, "place": self.place, "strength": self.strength}
        words = urlencode({name: value for name, value in told.items() if value})
        return f"?{words}" if words else ""

    def asked(self) -> Q:
        found = Q()
        for name, value in (("sender", self.sender), ("intake", self.intake), ("place", self.place)):
            if value:
                # Asked once for all pairs, not for each of twenty thousand.
                rows = SourceRecord.objects.filter(**{name: value}).order_by().values("pk")
                found &= Q(left__in=rows) | Q(right__in=rows)
        if self.strength == "likely":
            found &= Q(weight__gte=LIKELY)
        elif self.strength == "unlikely":
            found &= Q(weight__lte=UNLIKELY)
        elif self.strength == "even":
            found &= Q(weight__gt=UNLIKELY, weight__lt=LIKELY)
        return found


def waiting_pairs(
    user: object, wanted: Wanted | None = None, resting: Mapping[int, int] | None = None
) -> QuerySet[Pair]:
    """Open ones in view, but for records that are of one person already, and those that rest (`at_rest`)."""
    pairs = _open(user, wanted)
    rest = list(at_rest(user) if resting is None else resting)
    return pairs.exclude(left__in=rest).exclude(right__in=rest) if rest else pairs


def resting_pairs(user: object, resting: Mapping[int, int], wanted: Wanted | None = None) -> QuerySet[Pair]:
    """Those that nobody decides until a restriction is lifted: for the keeper, who sees that they exist."""
    pairs = _open(user, wanted)
    rest = list(resting)
    return pairs.filter(Q(left__in=rest) | Q(right__in=rest)) if rest and sees_all(user) else pairs.none()


def _open(user: object, wanted: Wanted | None) -> QuerySet[Pair]:
    pairs = Pair.objects.visible_to(user).open().filter(within=False)
    return pairs.filter(wanted.asked()) if wanted is not None else pairs


@dataclass(frozen=True, slots=True)
class Around:
    """`at` of `of`: its place among those that wait (0 when it does not); the ones before and after."""

    at: int
    of: int
    before: int | None
    after: int | None


def around(pair: Pair, waiting: QuerySet[Pair]) -> Around:
    """Three queries."""
    sooner = Q(weight__gt=pair.weight) | Q(weight=pair.weight, pk__lt=pair.pk)
    later = Q(weight__lt=pair.weight) | Q(weight=pair.weight, pk__gt=pair.pk)
    before = waiting.filter(sooner).order_by("weight", "-pk").values_list("pk", flat=True).first()
    after = waiting.filter(later).order_by("-weight", "pk").values_list("pk", flat=True).first()
    counted = waiting.aggregate(of=Count("pk"), sooner=Count("pk", filter=sooner))
    at = counted["sooner"] + 1 if pair.state == Pair.State.OPEN else 0
    return Around(at, counted["of"], before, after)


def next_after(pair: Pair, waiting: QuerySet[Pair]) -> int | None:
    """The one that follows; from the end on those that were passed over, from the beginning."""
    later = Q(weight__lt=pair.weight) | Q(weight=pair.weight, pk__gt=pair.pk)
    rest = waiting.exclude(pk=pair.pk).order_by("-weight", "pk").values_list("pk", flat=True)
    return rest.filter(later).first() or rest.first()
