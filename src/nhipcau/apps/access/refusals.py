"""A change that is allowed but cannot be made: says why, in the user's language, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """Raised by actions before anything is written; views print it beside the form."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why
