"""Link the whole register again: tell what would change, and with --apply change it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.linking.clusters import OVERSIZED, THIN, counts_of_all
from nhipcau.apps.registry.linking.parameters import chosen, take_over
from nhipcau.apps.registry.linking.relinking import carry_out, known_by, plan
from nhipcau.core.linkage.model import UnreadableModel, load

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Link the whole register again: tells what would change; --apply changes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--model", type=Path, help="parameters to use from now on (nhipcau link train)")
        parser.add_argument("--apply", action="store_true", help="change it; else it is only told")

    def handle(self, *_args: Any, model: Path | None = None, apply: bool = False, **_options: Any) -> None:
        try:
            wanted = load(model) if model is not None else chosen()
        except UnreadableModel as error:
            raise CommandError(str(error)) from error
        known = known_by(wanted)
        try:
            found = plan(known)
            self.stdout.write(
                f"{len(found.records)} records of {found.persons} persons: {found.joins} would be joined to "
                f"another, {found.parts} parts would leave one, {found.asks} pairs would be asked"
            )
            for change in found.changes[:MOST_SHOWN]:
                self.stdout.write(f"  records {', '.join(map(str, sorted(change.records)))}")
            if len(found.changes) > MOST_SHOWN:
                self.stdout.write(f"  and {len(found.changes) - MOST_SHOWN} more groups")
            if not apply:
                self.stdout.write("Nothing was changed. Run it again with --apply to do it.")
                return
            if model is not None:
                take_over(wanted)
            done = carry_out(found, known)
            self.stdout.write(f"{done.joined} joined, {done.asked} put to the review desk")
        finally:
            known.close()
        with acting(System("linking")):
            left = counts_of_all()
        self.stdout.write(
            f"to be looked at: {left[OVERSIZED]} persons with too many records, "
            f"{left[THIN]} held by a weak pair"
        )
