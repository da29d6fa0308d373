"""What people write about people, and what it means: names, births, telephones, numbers, countries, origins.

Each reader takes the text of a cell and gives what was understood with what is uncertain of it, a `Problem`
that a page can tell, or None where the cell says nothing. `guess_columns` finds which column holds what,
`Understanding` reads whole rows. No Django, no database; nothing here raises on any text.
"""

from nhipcau.core.personvalues.births import birth_of_parts, read_birth
from nhipcau.core.personvalues.columns import Column, Table, guess_columns
from nhipcau.core.personvalues.countries import Countries, Country
from nhipcau.core.personvalues.dates import Orders, puts_month_first
from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.fields import BY_CODE, FIELDS, LEFT_OUT, SENSITIVE, Field
from nhipcau.core.personvalues.identity import IdentityNumber, read_identity_number
from nhipcau.core.personvalues.names import Name, read_name
from nhipcau.core.personvalues.origins import Origin, Origins
from nhipcau.core.personvalues.phones import Phone, read_phone
from nhipcau.core.personvalues.problem import REASONS, Problem
from nhipcau.core.personvalues.small_values import GROUPS, is_marked, read_email, read_groups, read_sex
from nhipcau.core.personvalues.stays import Stay, read_stay, read_year
from nhipcau.core.personvalues.tidying import says_nothing, tidy
from nhipcau.core.personvalues.understanding import Understanding, Understood

__all__ = [
    "BY_CODE",
    "FIELDS",
    "GROUPS",
    "LEFT_OUT",
    "REASONS",
    "SENSITIVE",
    "Column",
    "Countries",
    "Country",
    "Field",
    "IdentityNumber",
    "Name",
    "Orders",
    "Origin",
    "Origins",
    "PartialDay",
    "Phone",
    "Problem",
    "Stay",
    "Table",
    "Understanding",
    "Understood",
    "birth_of_parts",
    "guess_columns",
    "is_marked",
    "puts_month_first",
    "read_birth",
    "read_email",
    "read_groups",
    "read_identity_number",
    "read_name",
    "read_phone",
    "read_sex",
    "read_stay",
    "read_year",
    "says_nothing",
    "tidy",
]
