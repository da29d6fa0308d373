"""`audit verify`, `audit seal`, `audit restored`: the chain of the record."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from nhipcau.apps.audit import heads
from nhipcau.apps.audit.seal import note_restored, seal_all
from nhipcau.apps.audit.verify import Problem, Report, verify

SHOWN = 50


def words(problem: Problem) -> str:
    """One problem as a sentence."""
    facts = {"event": problem.event, "position": problem.position, "noted": problem.noted}
    known = {
        "edited": gettext("Event %(event)s (position %(position)s) was edited after it was sealed."),
        "deleted": gettext("Event %(event)s (position %(position)s) was deleted."),
        "inserted": gettext("Event %(event)s was inserted beside the chain."),
        "reordered": gettext("Event %(event)s (position %(position)s) is not where it was sealed."),
        "cut": gettext("The end is cut off: position %(position)s was noted at %(noted)s and is gone."),
        "rewritten": gettext(
            "Position %(position)s differs from the head noted at %(noted)s: the chain was rewritten."
        ),
        "emptied": gettext("Event %(event)s was emptied without a recorded request."),
        "backdated": gettext(
            "Event %(event)s (position %(position)s) bears a time long before it was sealed."
        ),
        "headless": gettext("There is no file of heads, so a cut end cannot be told: %(file)s"),
    }
    if problem.kind == "deleted" and problem.event is None:
        return gettext("Position %(position)s is missing from the chain.") % facts
    return known[problem.kind] % {**facts, "file": heads.path()}


def summary(report: Report) -> list[str]:
    """What was found, a line each."""
    lines = [
        ngettext("%(n)s event checked.", "%(n)s events checked.", report.checked) % {"n": report.checked}
    ]
    for request in sorted(set(report.erased.values())):
        count = sum(1 for other in report.erased.values() if other == request)
        lines.append(
            ngettext("%(n)s event erased under %(request)s.", "%(n)s events erased under %(request)s.", count)
            % {"n": count, "request": request or "?"}
        )
    lines += [gettext("A backup was restored at %(noted)s.") % {"noted": noted} for noted in report.restored]
    if report.waiting:
        lines.append(
            gettext("%(n)s waiting to be sealed, since %(since)s.")
            % {"n": report.waiting, "since": report.oldest_waiting}
        )
    lines += [words(problem) for problem in report.problems[:SHOWN]]
    if len(report.problems) > SHOWN:
        lines.append(gettext("… and %(n)s more.") % {"n": len(report.problems) - SHOWN})
    lines.append(gettext("The record is sound.") if report.sound else gettext("The record is NOT sound."))
    return lines


class Command(BaseCommand):
    help = "The record of actions: seal it, verify it."
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal", "restored"])

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.stdout.write(str(seal_all()))
        elif options["what"] == "restored":
            note_restored()
        else:
            report = verify()
            for line in summary(report):
                self.stdout.write(line)
            if not report.sound:
                self.stdout.flush()
                sys.exit(1)
