"""`keys list|new|rotate|check|drop`: the keys of sealed cells. Run by `nhipcau keys`, as the owner."""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, pgettext

from nhipcau.apps.access.actions.change_keys import drop_key, make_new_keys
from nhipcau.apps.access.actions.rotate_keys import rotate_keys
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.keyring import key_ring, ring_file, sealed_tables
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.rotation import Outcome, all_used_keys, inspect, sees_every_row
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.sealing import MOST_SEALS, Key, Purpose, SealedColumn, SealingError

KEYS = System("keys")
SHOWN = 20
EVERY_SECONDS = 2.0


class Command(BaseCommand):
    help = "The keys that identity numbers are sealed with."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["list", "new", "rotate", "check", "drop"])
        parser.add_argument("key", nargs="?", default="", help="cells or index (new), a key's id (drop)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if not sees_every_row():
                raise CommandError(
                    gettext("The owner's login lacks BYPASSRLS, so rows could be left behind unseen.")
                )
            verb = getattr(self, "run_" + options["what"])
            verb(options["key"])
        except SealingError as error:
            raise CommandError(wording(error)) from error
        except Refused as refused:
            raise CommandError(str(refused.why)) from None

    def run_list(self, _key: str) -> None:
        """The keys, newest first, and how much each has made."""
        ring, used = key_ring(), all_used_keys(sealed_tables())
        self.say(gettext("Key ring: %(path)s") % {"path": ring_file().path})
        for purpose in Purpose:
            for key in ring.all_of(purpose):
                self.say(line_of(key, used[key.id]))
        for key_id in sorted(used.keys() - ring.ids()):
            self.say(
                gettext("%(key)s  MISSING from the ring, yet %(n)s cells or indexes were made with it")
                % {"key": key_id or "?", "n": used[key_id]}
            )

    def run_new(self, which: str) -> None:
        """Fresh current keys."""
        if which not in {"", *Purpose}:
            raise CommandError(gettext("Say cells or index, or nothing for both."))
        purposes = (Purpose(which),) if which else tuple(Purpose)
        with acting(KEYS):
            ring = make_new_keys(*purposes, actor=KEYS)
        for purpose in purposes:
            self.say(line_of(ring.current(purpose), 0))
        self.say(gettext("What is new is sealed with these. Move what is there: nhipcau keys rotate"))

    def run_rotate(self, _key: str) -> None:
        """Everything onto the current keys."""
        found = rotate_keys(self.progress(), actor=KEYS)
        for column, outcome in found.items():
            self.say(
                gettext("%(column)s: %(n)s rows moved onto the current keys")
                % {"column": name_of(column), "n": outcome.changed}
            )
        self.tell_broken(found)
        used = all_used_keys(sealed_tables())
        for key in key_ring().keys:
            if key.retired and not used[key.id]:
                self.say(
                    gettext("Nothing needs key %(key)s any more. Backups hold it: nhipcau keys drop %(key)s")
                    % {"key": key.id}
                )

    def run_check(self, _key: str) -> None:
        """Open every cell."""
        told, found = self.progress(), {}
        for column in sealed_tables():
            found[column] = inspect(column, lambda rows, column=column: told(column, rows, 0))  # type: ignore[misc]
            self.say(
                gettext("%(column)s: %(n)s cells opened, %(broken)s do not open")
                % {
                    "column": name_of(column),
                    "n": found[column].looked_at - len(found[column].broken),
                    "broken": len(found[column].broken),
                }
            )
        used = all_used_keys(sealed_tables())
        for key in key_ring().all_of(Purpose.CELLS):
            if used[key.id] > MOST_SEALS // 2:
                self.say(gettext("Key %(key)s has sealed very much. Make a new one.") % {"key": key.id})
        self.tell_broken(found)
        self.say(gettext("Every sealed cell opens."))

    def run_drop(self, key_id: str) -> None:
        """Forget a retired key that nothing needs."""
        if not key_id:
            raise CommandError(gettext("Name the key: nhipcau keys drop ID"))
        with acting(KEYS):
            drop_key(key_id, actor=KEYS)
        self.say(gettext("Key %(key)s is dropped. Backups made before still hold it.") % {"key": key_id})

    def tell_broken(self, found: dict[SealedColumn, Outcome]) -> None:
        """Name the rows that do not open; exit code 1 if there are any."""
        broken = [
            (column, row, why) for column, outcome in found.items() for row, why in outcome.broken.items()
        ]
        for column, row, why in broken[:SHOWN]:
            self.say(
                gettext("%(column)s, row %(row)s: %(why)s")
                % {"column": name_of(column), "row": row, "why": reason(why)}
            )
        if broken:
            raise CommandError(gettext("%(n)s rows do not open.") % {"n": len(broken)})

    def progress(self) -> Any:
        """A teller of rows done, every two seconds at most."""
        last = time.monotonic()

        def tell(column: SealedColumn, done: int, whole: int) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY_SECONDS:
                last = time.monotonic()
                of = gettext("%(done)s of %(whole)s") % {"done": done, "whole": whole} if whole else str(done)
                self.say(f"{name_of(column)}: {of}")

        return tell

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def name_of(column: SealedColumn) -> str:
    return f"{column.table}.{column.column}"


def line_of(key: Key, used: int) -> str:
    """One key in one line; never the key itself."""
    purposes = {Purpose.CELLS: pgettext("key", "cells"), Purpose.INDEX: pgettext("key", "index")}
    state = pgettext("key", "retired") if key.retired else pgettext("key", "current")
    made = format_date(key.made)
    return gettext("%(key)s  %(purpose)s, %(state)s, made %(day)s, in use for %(n)s") % {
        "key": key.id,
        "purpose": purposes[key.purpose],
        "state": state,
        "day": made,
        "n": used,
    }


def reason(why: str) -> str:
    """Why a row does not open."""
    known = {
        "NotGenuine": gettext("the bytes were changed or belong to another row"),
        "UnknownForm": gettext("the bytes were never sealed"),
        "UnknownKey": gettext("its key is missing from the ring"),
        "WrongIndex": gettext("its index is of another number"),
        "NothingToIndex": gettext("its number has no letter or digit"),
    }
    return known.get(why, why)


def wording(error: SealingError) -> str:
    """A refusal of the ring's, with what to do."""
    path = {"path": ring_file().path}
    known = {
        "RingMissing": gettext("There is no file of keys: %(path)s. It is in every encrypted backup."),
        "RingUnsafe": gettext("Others may read or change the file of keys: chmod 600 %(path)s"),
        "RingUnreadable": gettext("The file of keys cannot be read or is damaged: %(path)s"),
        "RingLost": gettext(
            "The file of keys is missing (%(path)s), yet there are sealed cells. Put the file back: it is in "
            "every encrypted backup."
        ),
        "UnknownKey": gettext("There is no such key on the ring: %(path)s"),
    }
    return known.get(type(error).__name__, str(error)) % path
