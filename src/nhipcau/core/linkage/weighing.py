"""From Splink's weights to the one that decides: what speaks for the same person, against each rival.

A pair has three rivals to "the same person". Strangers agree by chance: that is Splink's weight, and the
chance falls with the number of records. Brothers, sisters and cousins agree on surname, commune, household,
dates and journeys, and their number does not depend on how many records there are: against them counts only
what kin do not share, and a birth as far as they are no twins. Namesakes of one village and about one age are
more than chance makes (a name is liked, given after somebody, or belongs to a family): how rare the name, the
year and the commune are says nothing against them. The odds against all three add up.
"""

from __future__ import annotations

import math

import numpy as np

from nhipcau.core.linkage.clustering import Rule, Weights
from nhipcau.core.linkage.comparing import COMPARISONS

KIN_DO_NOT_SHARE = ("name", "spelling", "paper", "phone", "email", "sex")
KIN_MAY_SHARE = ("phone", "email")
FAMILY_NUMBER = 5.0
"""Bits that one telephone or address counts against kin at most: some of a hundred kin leave the same one."""
KIN = 1.0
"""Bits for "the same" before that is looked at: so many more pairs that agree on all that kin share are one
person than kin."""
TWINS = 4.0
"""Bits that an equal birth speaks against kin at most: one pair of kin in some sixteen are twins."""
NAMESAKES_SHARE = ("name", "birth", "origin")
NAMESAKES = 6.0
"""Bits for "the same" before more is looked at: of so many pairs (2 to that power) that agree on name, year
and commune one is of two persons."""
WITH_RARITY = [c.name for c in COMPARISONS if any(grade.rarity for grade in c.grades)]
ASK = 0.0
"""Pairs from that weight on are worth an officer's question: more likely one person than two."""
KEPT = -8.0
"""Pairs below that weight are not handed on."""


def rule(records: int) -> Rule:
    """The one rule for every data set: up to 100,000 records a pair must weigh 4.5 bits, at ten times as
    many one bit more. That is beside the prior's own fall with 1/N: among more records the best of many
    chance agreements is better, and what is not compared hides more. Among fewer it is less well known how
    common a name is: at a tenth of them one that comes to others must agree with them by half a bit more."""
    tens = math.log10(max(records, 1) / 100_000)
    return Rule(
        link=4.5 + max(tens, 0.0),
        mean=3.0 + min(max(-tens, 0.0), 2.0) / 2,
        mean_of_several=5.0,
        unseen=-1.0,
        forbid=KEPT,
    )


def against_kin() -> str:
    """SQL for the bits that speak against kin, on the columns that Splink gives.

    Names that agree in no word that is rare (the surname alone, two words of five) agree among kin as well.
    """
    terms = [f"mw_{name}" for name in KIN_DO_NOT_SHARE if name not in ("name", *KIN_MAY_SHARE)]
    terms += [f"least(mw_{name}, {FAMILY_NUMBER})" for name in KIN_MAY_SHARE]
    terms.append("case when mw_tf_adj_name = 0 then least(mw_name, 0) else mw_name + mw_tf_adj_name end")
    terms.append(f"least(mw_birth + mw_tf_adj_birth, {TWINS})")
    return " + ".join(terms)


def against_namesakes() -> str:
    """SQL for the bits that speak against a namesake of the same village and age: all but how rare the name,
    the year and the commune are that they share.
    """
    every = [f"mw_{comparison.name}" for comparison in COMPARISONS]
    rare = [name for name in WITH_RARITY if name not in NAMESAKES_SHARE]
    return " + ".join([*every, *(f"mw_tf_adj_{name}" for name in rare)])


RIVALS = ("match_weight", "kin", "namesakes")


def bits_against_rivals() -> list[str]:
    """SQL of the columns that are called so, in that order; the first one is Splink's own."""
    return ["match_weight", f"{against_kin()} as kin", f"{against_namesakes()} as namesakes"]


def weigh(strangers: Weights, kin: Weights, namesakes: Weights) -> Weights:
    """The deciding weight of each pair, in bits, of the bits against each kind of rival."""
    rivals = np.logaddexp2(-(kin + KIN), -(namesakes + NAMESAKES))
    weight: Weights = -np.logaddexp2(-strangers, rivals)
    return weight
