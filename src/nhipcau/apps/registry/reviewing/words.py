"""What the comparisons of the model (core.linkage.comparing) are called on the desk."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.linkage.comparing import COMPARISONS

Said = dict[str, tuple[str | Promise, str | Promise]]

_SAME_KIN = _("brothers and sisters share that too")
# Comparison → grade → what it is called, and what to think of. Grades of nothing to compare are not shown.
WORDS: dict[str, Said] = {
    "name": {
        "same": (_("The same name, but for order, marks or a middle word"), ""),
        "no_middle": (_("The same name, on one side without the middle name"), ""),
        "letters": (_("The same name, its words written together or apart"), ""),
        "part": (_("One name is a part of the other"), ""),
        "sibling": (_("The same surname, another given name"), _("as brothers and sisters have")),
        "one_letter": (_("Names that differ by one letter"), ""),
        "two_letters": (_("Names that differ by two letters"), ""),
        "pair": (_("The same surname and given name, another middle name"), ""),
        "other_surname": (_("The same middle and given name, another surname"), ""),
        "given": (_("The same given name alone"), ""),
        "foreign": (_("The same foreign name"), ""),
        "foreign_surname": (_("One has a foreign name; the surname is the same"), ""),
        "other_given": (_("Another given name"), ""),
        "two_words": (_("Two words of the names are the same"), ""),
        "one_word": (_("One word of the names is the same"), ""),
        "differ": (_("Names that have nothing in common"), ""),
    },
    "spelling": {
        "same": (_("The same marks on the name"), ""),
        "differ": (_("Other marks on the same letters"), _("Hoa and Hòa are two names")),
    },
    "birth": {
        "date": (_("The same date of birth"), ""),
        "turned": (_("Day and month of birth the other way round"), ""),
        "year": (_("The same year of birth"), _("on one side only the year is known")),
        "next_year_same_day": (_("The same day of birth, one year apart"), ""),
        "other_year_same_day": (_("The same day of birth, another year"), ""),
        "year_and_half": (_("The same year of birth, and the day or the month"), ""),
        "year_other_day": (_("The same year of birth, another day"), ""),
        "next_year": (_("Years of birth one apart"), ""),
        "near": (_("Years of birth up to three apart"), _("as brothers and sisters have")),
        "digit": (_("Years of birth that differ by one figure"), _("perhaps a slip of the pen")),
        "differ": (_("Other years of birth"), ""),
    },
    "origin": {
        "old": (_("The same commune by its former name"), ""),
        "today": (_("The same commune"), ""),
        "merged": (_("Former communes that are one today"), ""),
        "district_only": (_("The same former district; one side names no commune"), ""),
        "district": (_("The same former district, another commune"), ""),
        "differ": (_("Another place of origin"), ""),
    },
    "household": {
        "both": (_("The same relative with the same telephone"), _SAME_KIN),
        "phone": (_("The same telephone of the relative"), _SAME_KIN),
        "relative": (_("The same relative by name"), _SAME_KIN),
        "relative_pair": (_("Relatives of nearly the same name"), _SAME_KIN),
        "digits": (_("Telephones of the relative that differ by a figure or two"), ""),
        "both_differ": (_("Another relative with another telephone"), ""),
        "differ": (_("Another relative"), _("one person can name several")),
    },
    "paper": {
        "same": (_("The same number of a document"), ""),
        "other_identity": (_("Two different citizen's numbers"), _("one person has one for life")),
        "letter": (_("Numbers of documents that differ by a sign or two"), ""),
        "differ": (_("Other numbers of documents"), _("a passport may have been renewed")),
    },
    "phone": {
        "same": (_("The same telephone"), ""),
        "digits": (_("Telephones that differ by a figure or two"), ""),
        "differ": (_("Another telephone"), _("people change it")),
    },
    "email": {
        "same": (_("The same e-mail"), ""),
        "differ": (_("Another e-mail"), ""),
    },
    "sex": {
        "same": (_("The same sex"), ""),
        "differ": (_("Another sex"), ""),
    },
    "country": {
        "same": (_("The same country"), ""),
        "differ": (_("Another country"), _("people move on")),
    },
    "arrival": {
        "same": (_("Left in the same year"), ""),
        "next": (_("Left in years one apart"), ""),
        "differ": (_("Left in other years"), ""),
    },
    "stay": {
        "same": (_("The same group"), ""),
        "differ": (_("Another group"), _("the groups change with the years")),
    },
    "kin": {
        "rival": (
            _("What kin or namesakes of one village share, too"),
            _("so it proves less than among strangers"),
        ),
    },
}
OTHER = (_("Something else that the model compares"), "")
# What of an agreed value is counted → how many records say so. At most RARE of a name are few.
RARE = 10
_RARE_NAMES: dict[str, Any] = {
    "name": ngettext_lazy("rare: %(n)s record has this name", "rare: %(n)s records have this name", "count"),
    "pair": ngettext_lazy(
        "rare: %(n)s record has this surname and given name",
        "rare: %(n)s records have this surname and given name",
        "count",
    ),
    "given": ngettext_lazy(
        "rare: %(n)s record has this given name", "rare: %(n)s records have this given name", "count"
    ),
}
_COUNTED: dict[str, Any] = {
    "name": ngettext_lazy("%(n)s record has this name", "%(n)s records have this name", "count"),
    "pair": ngettext_lazy(
        "%(n)s record has this surname and given name",
        "%(n)s records have this surname and given name",
        "count",
    ),
    "given": ngettext_lazy("%(n)s record has this given name", "%(n)s records have this given name", "count"),
    "birth_year": ngettext_lazy(
        "%(n)s record has this year of birth", "%(n)s records have this year of birth", "count"
    ),
    "relative": ngettext_lazy(
        "%(n)s record names this relative", "%(n)s records name this relative", "count"
    ),
    "relative_pair": ngettext_lazy(
        "%(n)s record names such a relative", "%(n)s records name such a relative", "count"
    ),
    "country": ngettext_lazy("%(n)s record names this country", "%(n)s records name this country", "count"),
    "": ngettext_lazy("%(n)s record says so", "%(n)s records say so", "count"),
}
_RARITY = {(one.name, grade.key): grade.rarity for one in COMPARISONS for grade in one.grades}


def words_of(comparison: str, grade: str) -> tuple[str, str]:
    label, why = WORDS.get(comparison, {}).get(grade, OTHER)
    return str(label), str(why)


def how_many(comparison: str, grade: str, shared: int) -> str:
    """How many records of the register say what both of these say; empty where that was not counted."""
    if shared < 1:
        return ""
    counted = _RARITY.get((comparison, grade), "")
    words = _RARE_NAMES.get(counted) if shared <= RARE else None
    words = words or _COUNTED.get(counted) or _COUNTED[""]
    return str(words % {"n": format_number(shared), "count": shared})
