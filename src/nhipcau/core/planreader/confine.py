"""Limits for a process that reads what came from outside, set by the process itself before it begins.

`python -m nhipcau.core.planreader.confine PROFILE PROGRAM…` sets them and becomes that program (LibreOffice).
Linux only; where the kernel refuses the network filter the other limits still hold, and `confine` says so.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`, `file_size`: bytes; `cpu`, `wall`: seconds for one file; `programs`: may start others."""

    memory: int
    cpu: int
    wall: float
    file_size: int = 0
    files: int = 64
    programs: bool = False


PARSER = Limits(memory=2**30, cpu=8, wall=9.0)
OCR = Limits(memory=2 * 2**30, cpu=60, wall=25.0, file_size=256 * 2**20, files=256, programs=True)
"""`wall` holds for one page."""
LISTS = Limits(memory=2**30, cpu=20, wall=25.0)
"""Lists of people, of up to 100,000 rows."""
OFFICE = Limits(memory=4 * 2**30, cpu=60, wall=60.0, file_size=256 * 2**20, files=1024, programs=True)
PROFILES = {"parser": PARSER, "lists": LISTS, "ocr": OCR, "office": OFFICE}

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # the call fails with EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AF_UNIX = 1


@dataclass(frozen=True, slots=True)
class _Machine:
    """System call numbers of one architecture."""

    audit: int
    socket: int
    run: tuple[int, ...]
    never: tuple[int, ...]


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, (59, 322), (101, 425, 321)),
    "aarch64": _Machine(0xC00000B7, 198, (221, 281), (117, 425, 280)),
}


def confine(limits: Limits) -> bool:
    """Set every limit on this process. False when the network could not be shut out."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_FSIZE, limits.file_size)
    _lower(resource.RLIMIT_NOFILE, limits.files)
    start_clock(limits)
    return no_network(programs=limits.programs)


def start_clock(limits: Limits) -> None:
    """Allow `limits.cpu` seconds of processor time from now on; the kernel ends the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = used + limits.cpu
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def _lower(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def no_network(*, programs: bool) -> bool:
    """Shut the network out: a filter on system calls, else a network namespace of its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    return _filter_calls(libc, programs=programs) or _own_namespace(libc)


def _filter_calls(libc: ctypes.CDLL, *, programs: bool) -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.byteorder != "little":
        return False
    code = _program(machine, programs=programs)
    body = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(code) // 8, ctypes.addressof(body))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, header, 0, 0) == 0)


def _program(machine: _Machine, *, programs: bool) -> bytes:
    """A BPF program: no sockets (but local ones where programs may run), no tracing, no io_uring, no bpf."""
    denied = machine.never if programs else (*machine.never, *machine.run, machine.socket)
    rows: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 0, 1, 0x40000000),
        (_RETURN, 0, 0, _DENY),
    ]
    for number in denied:
        rows += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    rows += [
        (_EQUAL, 0, 3, machine.socket),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 1, 0, _AF_UNIX),
        (_RETURN, 0, 0, _DENY),
    ]
    rows.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("<HBBI", *row) for row in rows)


def _own_namespace(libc: ctypes.CDLL) -> bool:
    return bool(libc.unshare(_CLONE_NEWNET) == 0) or bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def main(arguments: list[str]) -> None:
    """Become the program that the arguments name, within the profile that they name first."""
    confine(PROFILES[arguments[0]])
    os.execvp(arguments[1], arguments[1:])  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
