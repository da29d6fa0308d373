"""Codes of faults, warnings and dependences as sentences that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import fill_lazy

FAULTS: dict[str, str | Promise] = {
    "undeclared": _(
        "The program does not say what these relations do on a restructuring: %(relations)s. Tell its "
        "developers; until then no act can be carried out."
    ),
    "no-steps": _("The act has no steps yet. Add the first one."),
    "shape-merge": _(
        "A merger needs at least one old body besides the one that takes over, and one that does."
    ),
    "shape-split": _("A division needs the body that is divided and at least two that take over."),
    "shape-abolish": _("Name the bodies that are abolished."),
    "shape-abolish-tier": _("Name the tier that is abolished; its bodies are found by themselves."),
    "shape-rename": _("A renaming needs one body and its new name."),
    "shape-move-function": _("Name the body that hands the function over, and who gets it."),
    "empty-tier": _("No body of this tier exists on the day."),
    "no-name": _("Write the new name."),
    "no-function": _("Write which function moves, as the decision has it."),
    "no-kind": _("Say of which kind the new body “%(name)s” is."),
    "not-there": _("“%(name)s” does not exist on the act's day. Correct the day or the body."),
    "begins-that-day": _("“%(name)s” has its present name only since the act's own day. Correct the day."),
    "later-name": _("“%(name)s” already has a name from a later day. Choose a later day."),
    "chain": _("“%(name)s” both takes over and gives away. Put that into two acts, one after the other."),
    "twice": _("“%(name)s” ends in two steps, or ends and is renamed. Keep one of them."),
    "cycle": _("“%(name)s” itself came out of the body that is to follow it. Correct the step."),
    "name-taken": _(
        "Another body is called “%(name)s” on that day. Choose it, or write what sets them apart."
    ),
    "last-administrator": _(
        "It would end the appointment of the last system administrator. Give that one to a body that goes on."
    ),
    "two-kinds": _("The new body “%(name)s” has two kinds in two steps. Give it one."),
}
FAILED = _("It failed, and nothing was changed. The system administrator finds the cause in the log.")


def fault_sentence(fault: Mapping[str, Any]) -> str | Promise:
    """The sentence of one fault, with its facts."""
    return fill_lazy(FAULTS[fault["code"]], **fault["values"])


# One sentence whatever the number; it stands in front of them in the list.
WARNINGS: dict[str, str | Promise] = {
    "collisions": _(
        "Items that meet another one of the same task: %(n)s. The one with the stronger role goes on, the "
        "other ends with the reason."
    ),
    "ending": _("Open items that end without a successor: %(n)s."),
    "asked": _(
        "Phrases of drafts that name one of these bodies: %(n)s. They are asked again when the drafts are "
        "approved."
    ),
    "idle-users": _("Users who have no appointment any more afterwards: %(n)s."),
    "future": _("The day lies ahead: once approved, the act waits for it and counts again."),
    "past": _(
        "The day has passed: names follow from that day, people and open work from the day on which it is "
        "carried out."
    ),
    "nothing-moves": _(
        "No open item goes along with the function that leaves “%(name)s”. Add a rule of allotment."
    ),
}


def warning_sentence(warning: Mapping[str, Any]) -> str | Promise:
    """What the reader of a preview should know."""
    values = {**warning["values"], "n": format_number(int(warning["values"].get("n", 0)))}
    return fill_lazy(WARNINGS[warning["code"]], **values)


def dependence_sentence(entry: Mapping[str, Any], label: str) -> str:
    """What has come to rest on an act, in the reader's language. `label` names the relation."""
    number = int(entry["n"])
    shown = {"n": format_number(number), "what": label, "names": "; ".join(entry["rows"])}
    sentences = {
        "later-act": lambda: ngettext(
            "A later act touches the same bodies: %(names)s. Undo that one first.",
            "Later acts touch the same bodies: %(names)s. Undo those first.",
            number,
        ),
        "changed": lambda: ngettext(
            "%(n)s row was changed since (%(what)s).", "%(n)s rows were changed since (%(what)s).", number
        ),
        "closed": lambda: ngettext(
            "%(n)s item was finished under the successor's name (%(what)s).",
            "%(n)s items were finished under the successor's name (%(what)s).",
            number,
        ),
        "newer": lambda: ngettext(
            "%(n)s row was given to a body that the act made (%(what)s).",
            "%(n)s rows were given to bodies that the act made (%(what)s).",
            number,
        ),
    }
    return sentences[entry["code"]]() % shown
