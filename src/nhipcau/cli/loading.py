"""The dump of a backup into the database, through pg_restore and psql, without a copy on the disk."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from nhipcau.cli import pgtools
from nhipcau.cli.instance import CommandFailed
from nhipcau.embedded.binaries import Binaries

# What an older server, or a schema that is there already, refuses.
REFUSED = (b"SET transaction_timeout", b"CREATE SCHEMA public", b"COMMENT ON SCHEMA public")
EMPTY_SCHEMA = b"""
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def load(dump: Iterable[bytes], tools: Binaries, *, emptying: bool) -> None:
    """Run the dump's statements in one transaction: all of it, or nothing.

    With `emptying` what was there goes in the same transaction. Raises CommandFailed, and whatever the dump's
    reader raises; then psql never sees the end of its transaction.
    """
    write = [tools.program("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    read = [tools.program("psql"), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"]
    with _Program(write, subprocess.PIPE) as restore, _Program(read, subprocess.DEVNULL) as psql:
        fed = _Feeding(dump, restore)
        try:
            psql.input.write(b"BEGIN;\n" + (EMPTY_SCHEMA if emptying else b""))
            for line in _fitting(restore.output):
                psql.input.write(line)
            fed.ended()
            restore.ended()
            psql.input.write(b"\nCOMMIT;\n")
            psql.input.flush()
        except BrokenPipeError:  # psql stopped at an error; it says which
            psql.ended()
            raise
        psql.ended()


def _fitting(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Leaves out, before the data begin, what an older server or a schema that is there already refuses."""
    head = True
    for line in lines:
        if head and line.startswith(REFUSED):
            continue
        head = head and not line.startswith(b"COPY ")
        yield line


class _Feeding:
    """The dump on its way into a program, in a thread: its output is read meanwhile."""

    def __init__(self, dump: Iterable[bytes], program: _Program) -> None:
        self._failed: list[Exception] = []
        self._thread = threading.Thread(target=self._feed, args=(dump, program), daemon=True)
        self._thread.start()

    def _feed(self, dump: Iterable[bytes], program: _Program) -> None:
        try:
            for piece in dump:
                program.input.write(piece)
            program.input.close()
        except BrokenPipeError:
            pass  # the program stopped at an error; it says which
        except Exception as error:  # raised in `ended`, in the thread that waits
            self._failed.append(error)
            with suppress(BrokenPipeError):
                program.input.close()

    def ended(self) -> None:
        """Wait for the end of the dump. Raises what its reader raised."""
        self._thread.join()
        if self._failed:
            raise self._failed[0]


class _Program:
    """A program between two pipes. Left by an exception it is killed."""

    def __init__(self, command: list[str], output: int) -> None:
        self.name = command[0].rpartition("/")[2]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the program
        self._process = subprocess.Popen(
            command,
            env=pgtools.environment(),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=self._said,
        )

    @property
    def input(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def output(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def ended(self) -> None:
        """Wait for its end. Raises CommandFailed with what it said when it failed."""
        with suppress(BrokenPipeError):
            self.input.close()
        if self._process.wait():
            self._said.seek(0)
            words = self._said.read().decode(errors="replace")
            raise CommandFailed(vi=f"{self.name} không xong:\n{words}", en=f"{self.name} failed:\n{words}")

    def __enter__(self) -> _Program:
        return self

    def __exit__(self, *_why: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        with suppress(BrokenPipeError):
            self.input.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()
        self._said.close()
