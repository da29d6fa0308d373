"""What is compared in a pair of records, and in which grades: the comparisons of the model, as data.

Conditions are SQL that DuckDB and Spark both understand; columns are those of `preparing`, 0 meaning "nothing
there". Grades are tried from the top. A grade with `rarity` weighs by how rare the agreed value is; the
others by a fixed share of chance agreements (u). `m` given here is a fixed prior, not learned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS = ("w0", "w1", "w2", "w3", "w4")


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of agreement."""

    key: str
    condition: str
    rarity: str = ""
    m: float | None = None
    u: float | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing compared, its grades from the top; the last one's condition is ELSE."""

    name: str
    grades: tuple[Grade, ...]


def _among(column: str, side: str, other: str) -> str:
    return f"{column}_{side} in ({', '.join(f'{word}_{other}' for word in WORDS)})"


def _shared() -> str:
    """How many words of the left name the right one has."""
    terms = (f"case when {word}_l <> 0 and {_among(word, 'l', 'r')} then 1 else 0 end" for word in WORDS)
    return f"({' + '.join(terms)})"


def _known(*columns: str) -> str:
    return " and ".join(f"{column}_l <> 0 and {column}_r <> 0" for column in columns)


def _same(*columns: str) -> str:
    return " and ".join(f"{column}_l = {column}_r and {column}_l <> 0" for column in columns)


SHARED = _shared()
NO_FOREIGN = "foreign_name_l = 0 and foreign_name_r = 0"
OTHER_FOREIGN = (
    f"(given_l = 0 and given_r = 0 and {_known('foreign_name')} and foreign_name_l <> foreign_name_r)"
)
"""Two foreign given names with nothing but a surname: "Sophie Diep" is not "Christine Diep"."""
SAME_LETTERS = f"{_same('letters')} and words_l <> words_r"
"""The same letters in more words or fewer: "Sokha Chan" and "Chansokha". With as many words it may be
another name: Hảo and Hoa."""
OTHER_GIVEN = (
    f"({OTHER_FOREIGN} or {_known('given')} and given_l <> given_r"
    " and (letters_l <> letters_r or words_l = words_r)"
    f" and not ({_among('given', 'l', 'r')} and (given_sure_r = 0 or {_among('given', 'r', 'l')}))"
    f" and not ({_among('given', 'r', 'l')} and given_sure_l = 0)"
    " and ((given_known_l = 1 and given_known_r = 1) or levenshtein(given_text_l, given_text_r) > 2))"
)
"""The mark of brothers, sisters, twins and strangers: both given names are real names and neither is a
spelling of the other. What a household shares says nothing then."""

_ONE_LETTER = "levenshtein(name_text_l, name_text_r) <= 1"
_TWO_LETTERS = "length(name_text_l) >= 8 and levenshtein(name_text_l, name_text_r) <= 2"
_SUBSET = f"{SHARED} >= least(words_l, words_r) and {SHARED} >= 2"

NAME = Comparison(
    "name",
    (
        Grade("none", "name_l = 0 or name_r = 0", nothing=True),
        Grade("same", f"name_l = name_r and not {OTHER_FOREIGN}", rarity="name"),
        Grade("no_middle", f"{_same('pair')} and (between_l = 0 or between_r = 0)", rarity="pair"),
        Grade("letters", SAME_LETTERS, rarity="name", m=0.01, u=0.02),
        Grade("part", f"{_SUBSET} and not {OTHER_GIVEN}", rarity="given"),
        Grade("sibling", f"{OTHER_GIVEN} and {_same('surname')}", m=0.004),
        Grade("one_letter", f"not {OTHER_GIVEN} and {_ONE_LETTER}", rarity="pair"),
        Grade("two_letters", f"not {OTHER_GIVEN} and {_TWO_LETTERS}", rarity="pair"),
        Grade("pair", _same("pair"), rarity="pair"),
        Grade("other_surname", _same("given", "between"), rarity="given"),
        Grade("given", _same("given"), rarity="given"),
        Grade("foreign", _same("foreign_name"), rarity="foreign_name"),
        Grade("foreign_surname", f"not ({NO_FOREIGN}) and {_same('surname')}"),
        Grade("other_given", OTHER_GIVEN),
        Grade("two_words", f"{SHARED} >= 2"),
        Grade("one_word", f"{SHARED} >= 1"),
        Grade("differ", "ELSE"),
    ),
)

SPELLING = Comparison(
    "spelling",
    (
        Grade("none", "spelling_l = 0 or spelling_r = 0 or name_l <> name_r", nothing=True),
        Grade("same", "spelling_l = spelling_r"),
        Grade("differ", "ELSE"),
    ),
)

_DATED = "birth_day_l <> 0 and birth_day_r <> 0"
_DAY = "birth_day_l = birth_day_r"
_MONTH = "birth_month_l = birth_month_r"
_YEAR = "birth_year_l = birth_year_r"
_APART = "abs(birth_year_l - birth_year_r)"

BIRTH = Comparison(
    "birth",
    (
        Grade("none", "birth_year_l = 0 or birth_year_r = 0", nothing=True),
        Grade("date", f"{_YEAR} and {_MONTH} and {_DAY} and birth_day_l <> 0", rarity="birth_year"),
        Grade(
            "turned",
            f"{_YEAR} and {_DATED} and birth_day_l = birth_month_r and birth_month_l = birth_day_r",
            rarity="birth_year",
        ),
        Grade("year", f"{_YEAR} and not ({_DATED})", rarity="birth_year"),
        Grade("next_year_same_day", f"{_DATED} and {_DAY} and {_MONTH} and {_APART} <= 1"),
        Grade("other_year_same_day", f"{_DATED} and {_DAY} and {_MONTH}"),
        Grade("year_and_half", f"{_YEAR} and ({_DAY} or {_MONTH})", rarity="birth_year"),
        Grade("year_other_day", _YEAR, rarity="birth_year"),
        # Fixed below what is learned: namesakes of a village are often of nearly one age.
        Grade("next_year", f"{_APART} <= 1 and not ({_DATED})", m=0.003),
        Grade("near", f"{_APART} <= 3"),
        Grade("digit", f"{_APART} in (9, 10, 18, 20, 27, 30, 36, 40, 45, 50) and not ({_DATED})"),
        Grade("differ", "ELSE"),
    ),
)

ORIGIN = Comparison(
    "origin",
    (
        Grade(
            "none", "(commune_l = 0 or commune_r = 0) and (district_l = 0 or district_r = 0)", nothing=True
        ),
        Grade("old", _same("old_commune"), rarity="old_commune"),
        Grade("today", f"{_same('commune')} and (old_commune_l = 0 or old_commune_r = 0)", rarity="commune"),
        Grade("merged", _same("commune"), rarity="commune"),
        Grade(
            "district_only", f"{_same('district')} and (commune_l = 0 or commune_r = 0)", rarity="district"
        ),
        Grade("district", _same("district"), rarity="district"),
        Grade("differ", "ELSE"),
    ),
)

_NO_RELATIVE = "(relative_l = 0 or relative_r = 0)"
_NO_RELATIVE_PHONE = "(relative_phone_l = 0 or relative_phone_r = 0)"
_RELATIVE_LETTER = f"{_known('relative')} and levenshtein(relative_text_l, relative_text_r) <= 1"
_RELATIVE_DIGITS = (
    f"{_known('relative_phone')} and levenshtein(relative_phone_text_l, relative_phone_text_r) <= 2"
)

HOUSEHOLD = Comparison(
    "household",
    (
        Grade("none", f"{OTHER_GIVEN} or ({_NO_RELATIVE} and {_NO_RELATIVE_PHONE})", nothing=True),
        Grade("both", _same("relative_phone", "relative"), rarity="relative", u=3e-2),
        Grade("phone", _same("relative_phone"), u=2e-6),
        Grade("relative", _same("relative"), rarity="relative"),
        Grade("relative_pair", f"{_same('relative_pair')} or {_RELATIVE_LETTER}", rarity="relative_pair"),
        Grade("digits", _RELATIVE_DIGITS, u=3e-5),
        Grade("both_differ", _known("relative_phone", "relative")),
        Grade("differ", "ELSE"),
    ),
)

_PAPERS_DIFFER = "paper_kind_l = 3 and levenshtein(paper_text_l, paper_text_r) > 2"
PAPER = Comparison(
    "paper",
    (
        Grade("none", "paper_l = 0 or paper_r = 0 or paper_kind_l <> paper_kind_r", nothing=True),
        Grade("same", "paper_l = paper_r", u=1e-6),
        Grade("other_identity", _PAPERS_DIFFER, m=0.006, u=0.999),
        Grade("letter", "levenshtein(paper_text_l, paper_text_r) <= 2", u=2e-5),
        Grade("differ", "ELSE"),
    ),
)

PHONE = Comparison(
    "phone",
    (
        Grade("none", "phone_l = 0 or phone_r = 0", nothing=True),
        Grade("same", "phone_l = phone_r", u=1e-6),
        Grade("digits", "levenshtein(phone_text_l, phone_text_r) <= 2", u=1e-5),
        Grade("differ", "ELSE"),
    ),
)

EMAIL = Comparison(
    "email",
    (
        Grade("none", "email_l = 0 or email_r = 0", nothing=True),
        Grade("same", "email_l = email_r", m=0.8, u=1e-6),
        Grade("differ", "ELSE", m=0.2),
    ),
)

SEX = Comparison(
    "sex",
    (
        Grade("none", "sex_l = 0 or sex_r = 0", nothing=True),
        Grade("same", "sex_l = sex_r"),
        Grade("differ", "ELSE"),
    ),
)

COUNTRY = Comparison(
    "country",
    (
        Grade("none", "country_l = 0 or country_r = 0", nothing=True),
        Grade("same", "country_l = country_r", rarity="country"),
        Grade("differ", "ELSE"),
    ),
)

ARRIVAL = Comparison(
    "arrival",
    (
        Grade("none", "arrival_l = 0 or arrival_r = 0", nothing=True),
        Grade("same", "arrival_l = arrival_r"),
        Grade("next", "abs(arrival_l - arrival_r) <= 1"),
        Grade("differ", "ELSE"),
    ),
)

STAY = Comparison(
    "stay",
    (
        Grade("none", "kind_of_stay_l = 0 or kind_of_stay_r = 0", nothing=True),
        Grade("same", "kind_of_stay_l = kind_of_stay_r", rarity="kind_of_stay", m=0.94),
        Grade("differ", "ELSE", m=0.06),
    ),
)

COMPARISONS = (
    NAME, SPELLING, BIRTH, ORIGIN, HOUSEHOLD, PAPER, PHONE, EMAIL, SEX, COUNTRY, ARRIVAL, STAY
)  # fmt: skip
RARITIES = sorted({grade.rarity for comparison in COMPARISONS for grade in comparison.grades if grade.rarity})


def compared_columns() -> set[str]:
    """The columns of `preparing` that the comparisons read."""
    conditions = " ".join(grade.condition for comparison in COMPARISONS for grade in comparison.grades)
    return set(re.findall(r"\b(\w+)_l\b", conditions)) | set(RARITIES)
