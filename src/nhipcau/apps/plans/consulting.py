"""Whom typed names and chosen groups mean on a day, and how far a consultation is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from nhipcau.apps.orgs.directory import members, names
from nhipcau.apps.plans.matching import matcher
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, Remark


@dataclass(frozen=True, slots=True)
class Meant:
    """`asked`: organisation → the set it came through; `unknown`: names that fit nobody, or several."""

    asked: dict[int, int | None]
    unknown: list[str]


def meant_by(typed: Iterable[str], sets: Collection[int], day: date) -> Meant:
    """Agencies as typed and the members of groups; who is named itself is asked as such."""
    match, asked, unknown = matcher(day), dict[int, int | None](), []
    for name in typed:
        found = match.match(name)
        if found.organisation is not None:
            asked[found.organisation] = None
        elif found.set is not None:
            for pk in members([found.set], day)[found.set]:
                asked.setdefault(pk, found.set)
        else:
            unknown.append(name)
    for group, belonging in members(sets, day).items():
        for pk in belonging:
            asked.setdefault(pk, group)
    return Meant(asked, unknown)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a consultation is: answers of those asked, and remarks settled of those made."""

    asked: int
    agreed: int
    remarked: int
    remarks: int
    settled: int

    @property
    def answered(self) -> int:
        return self.agreed + self.remarked

    @property
    def missing(self) -> int:
        return self.asked - self.answered


def standings(consultations: Collection[int]) -> dict[int, Standing]:
    """By consultation id. Two queries."""
    kinds = ConsultationAnswer.Kind
    answers = (
        ConsultationAnswer.objects.filter(consultation__in=consultations)
        .order_by()
        .values("consultation")
        .annotate(
            asked=Count("pk"),
            agreed=Count("pk", filter=Q(kind=kinds.AGREE)),
            remarked=Count("pk", filter=Q(kind=kinds.REMARKS)),
        )
    )
    made: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    remarks = Remark.objects.filter(answer__consultation__in=consultations).order_by()
    for each in remarks.values("answer__consultation").annotate(
        made=Count("pk"), settled=Count("pk", filter=~Q(outcome=""))
    ):
        made[each["answer__consultation"]] = (each["made"], each["settled"])
    found = {pk: Standing(0, 0, 0, 0, 0) for pk in consultations}
    for row in answers:
        pk = row["consultation"]
        found[pk] = Standing(row["asked"], row["agreed"], row["remarked"], *made[pk])
    return found


def day_of_names(consultation: Consultation) -> date:
    """The day by which agencies are named: the letter's, else the day it was opened."""
    return consultation.letter_on or consultation.created_at.date()


def asked_names(consultation: Consultation, answers: Iterable[ConsultationAnswer]) -> dict[int, str]:
    """Names of those asked, by organisation. One query."""
    return names({each.organisation_id for each in answers}, day_of_names(consultation))
