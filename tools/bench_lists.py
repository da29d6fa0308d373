"""A list of 100,000 rows into the register and out again, against the bars: `make bench`, or alone

    .venv/bin/python tools/bench_lists.py [--rows 100000] [--seed N] [--profile]

Writes a workbook of invented people with the mess of real lists (15 columns, names in any case, dates of any
kind, old communes, numbers of documents, two rows of a hundred wrong), sends it through the real code in the
embedded server of `.build/bench` or the database that DATABASE_URL names, and prints seconds, processor time
(ours, the children's, the database's), memory and bars; ends with 1 when one is missed. On a busy machine the
processor's time tells what a quiet one takes. The list is dropped from the register again.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
HEAD = [
    *("STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Xã, phường", "Huyện", "Tỉnh", "Nước cư trú"),
    *("Thành phố", "Năm xuất cảnh", "Diện", "Nghề nghiệp", "Điện thoại", "Thân nhân"),
]
MEGABYTES_MOST = 1024


def write(path: Path, rows: int, seed: int) -> None:
    """The workbook."""
    import xlsxwriter

    from nhipcau.apps.registry.demo import invented as way

    random = Random(seed)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, ["DANH SÁCH NGƯỜI ĐANG Ở NƯỚC NGOÀI"])
        sheet.write_row(1, 0, HEAD)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, person in enumerate(way.people(rows, random), start=1):
            cells = [
                str(number),
                way.name_as_typed(person, random),
                "Nữ" if person.sex == "F" else "Nam",
                way.birth_as_typed(person, random),
                citizen(person, random),
                way.commune_as_typed(person, random),
                person.district,
                "An Giang",
                way.country_as_typed(person, random),
                person.city,
                str(person.left),
                way.GROUPS[person.group],
                person.work,
                way.phone_as_typed(person, random),
                person.relative if random.random() < 0.5 else "",
            ]
            if random.random() < 0.02:
                cells = way.spoilt(cells, (1, 3, 8), random)
            for at, cell in enumerate(cells):
                if cell:
                    sheet.write_string(number + 1, at, cell)
            if random.random() < 0.1:
                sheet.write_datetime(number + 1, 3, person.born, day)


def citizen(person: Any, random: Random) -> str:
    """A number that fits sex and year of birth, of a third of them."""
    if random.random() > 1 / 3:
        return ""
    century = (0 if person.born.year < 2000 else 2) + (person.sex == "F")
    return f"089{century}{person.born.year % 100:02d}{random.randint(0, 999_999):06d}"


class Clock:
    """Seconds and processor seconds of pieces of work, beside their bars."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    @contextmanager
    def time(self, name: str, most: float) -> Iterator[None]:
        from bench import database_seconds

        begun, busy = time.monotonic(), processor() + database_seconds()
        yield
        took, busy = time.monotonic() - begun, processor() + database_seconds() - busy
        self.line(name, took, most, "s", f"processor {busy:.1f} s")

    def line(self, name: str, value: float, most: float, unit: str, note: str = "") -> None:
        held = value <= most
        verdict = "ok " if held else "MISSED"
        print(f"{name:<44} {value:>8.1f}  ≤ {most:>5.0f} {unit:<3} {verdict} {note}", flush=True)
        if not held:
            self.missed.append(name)


def processor() -> float:
    """Ours and that of the children that ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Memory:
    """The most that this process and its children held at one moment, looked at fifty times a second, in
    MB; pages that they share count for each."""

    def __init__(self) -> None:
        self.most = 0.0
        self._ended = Event()
        self._looking = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._looking.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self.most = max(self.most, sum(map(held, with_children(os.getpid()))))


def with_children(pid: int) -> Iterator[int]:
    """Its number, and those of its children and theirs."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in tasks.read_text().split():
                yield from with_children(int(child))


def held(pid: int) -> float:
    """Resident memory of a process in MB, 0 when it has ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def run(path: Path, clock: Clock) -> None:
    """Sent, looked at, brought in, taken back."""
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.accounts.models import User
    from nhipcau.apps.registry import actions, intake_jobs
    from nhipcau.apps.registry.intakes.files import content
    from nhipcau.apps.registry.models import Intake, RunningSource

    coordinator = User.objects.get(email="dieuphoi@lamgiang.example.vn")
    with acting(coordinator):
        lead = coordinator.appointments.order_by("pk")[0].organisation
        source = RunningSource.objects.filter(name="bench").first() or actions.create_source(
            name="bench", kind="other", actor=coordinator
        )

    def fresh(pk: int) -> Intake:
        return Intake.objects.select_related("marked").get(pk=pk)

    with clock.time("uploaded → preview", 60):
        with acting(coordinator), path.open("rb") as file:
            pk = actions.upload_intake(file, path.name, sender=lead, source=source, actor=coordinator).pk
        intake_jobs.check_intake(pk)
    with acting(coordinator):
        waiting = fresh(pk)
        print(f"    {waiting.state}: {waiting.counts}")
        with clock.time("wrong rows downloaded, marked", 2):
            size = len(content(waiting, waiting.marked, "marked"))
        print(f"    {size / 2**20:.1f} MB")
    with clock.time("confirmed → register", 30):
        with acting(coordinator):
            actions.confirm_intake(fresh(pk), revision=waiting.revision, actor=coordinator)
        intake_jobs.bring_in_intake(pk)
    with acting(coordinator):
        print(f"    {fresh(pk).state}: {fresh(pk).counts.get('records')} records")
    with clock.time("taken back", 60):
        with acting(coordinator):
            actions.undo_intake(fresh(pk), reason="bench", actor=coordinator)
        intake_jobs.take_back_intake(pk)
    with acting(coordinator):
        print(f"    {fresh(pk).state}")


def profiled(work: Callable[[], None]) -> None:
    """The functions that took longest."""
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    folder = ROOT / ".build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    from bench import prepare

    prepare(0)
    from django.conf import settings

    # The jobs are run here one by one, each in its own time.
    settings.JOBS_INLINE = False
    path = folder / "list.xlsx"
    write(path, options.rows, options.seed)
    print(f"{options.rows} rows, seed {options.seed}, {path.stat().st_size / 2**20:.1f} MB")
    clock = Clock()
    with Memory() as memory:
        if options.profile:
            profiled(lambda: run(path, clock))
        else:
            run(path, clock)
    clock.line("memory, with all children", memory.most, MEGABYTES_MOST, "MB")
    return 1 if clock.missed else 0


if __name__ == "__main__":
    sys.exit(main())
