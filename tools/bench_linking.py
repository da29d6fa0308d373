"""Linking against its bars, on seeds that nobody has seen: `make bench`, or alone

    .venv/bin/python tools/bench_linking.py [--quick] [--seed N] [--shared DIR]

Makes people with the shared generator (../shared/link, or NHIPCAU_SHARED) and with the one under the tests,
links them by `nhipcau link` in a process of its own, and prints each figure beside its bar; ends with 1
when one is missed. `--quick` leaves the million out. The seed is drawn anew each time and printed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
PLACE = ROOT / ".build" / "bench-linking"
MILLION = 1_000_000
SIZES = (10_000, 20_000, 100_000, MILLION)
LEAST_RECALL = {100_000: 0.86, MILLION: 0.82}
MOST_SECONDS = {100_000: 8, MILLION: 75}


@dataclass(slots=True)
class Sheet:
    """The figures, each printed as it is found."""

    missed: list[str] = field(default_factory=list)

    def add(self, name: str, value: float, least: float | None = None, most: float | None = None) -> None:
        """A figure, and what it must be at least or at most."""
        held = (least is None or value >= least) and (most is None or value <= most)
        bar = f"≥ {least:g}" if least is not None else f"≤ {most:g}" if most is not None else ""
        print(
            f"{name:<52} {value:>10.4f}  {bar:<8} {'' if not bar else 'ok' if held else 'MISSED'}", flush=True
        )
        if not held:
            self.missed.append(name)


def generate(shared: Path, size: int, seed: int) -> Path:
    """Records of the shared generator."""
    folder = PLACE / f"{size}-{seed}"
    maker = shared / "link" / "generate_people.py"
    subprocess.run(
        [sys.executable, str(maker), str(size), str(folder), "--seed", str(seed)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


def make_otherwise(size: int, seed: int) -> Path:
    """Records of the generator under the tests: another region, other habits, other damage."""
    import pyarrow.parquet as pq

    from nhipcau.core.linkage.tests import otherwise

    folder = PLACE / f"otherwise-{size}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    for table, name in zip(otherwise.make(size, seed), ("records", "truth", "gazetteer"), strict=True):
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def nhipcau(*arguments: str) -> str:
    """What a command of nhipcau prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "nhipcau", *arguments]
    return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout


def linked(folder: Path) -> tuple[dict[str, Any], dict[str, float]]:
    """The score of a folder's records, and seconds, pairs a record and gigabytes."""
    clusters = str(folder / "clusters.parquet")
    start = time.perf_counter()
    told = nhipcau("link", str(folder), "--out", clusters)
    seconds = time.perf_counter() - start
    pairs = re.search(r"\(([\d.]+) a record\)", told)
    memory = re.search(r"memory +([\d.]+)", told)
    cost = {
        "seconds": seconds,
        "pairs": float(pairs.group(1)) if pairs else 0.0,
        "memory": float(memory.group(1)) if memory else 0.0,
    }
    return json.loads(nhipcau("link", "evaluate", str(folder / "truth.parquet"), clusters)), cost


def blocking_recall(folder: Path) -> float:
    """The share of true pairs that are compared at all."""
    import numpy as np

    from nhipcau.core.linkage import keys, preparing, reading

    records = reading.read_records(folder / "records.parquet")
    prepared = preparing.prepare(records, reading.read_gazetteer(folder / "gazetteer.parquet"))
    left, right = keys.candidate_pairs(keys.key_values(prepared))
    truth = reading.read_table(folder / "truth.parquet").sort_by("record_id")
    order = np.argsort(np.argsort(prepared["unique_id"].to_numpy()))
    person = truth["person_id"].to_numpy()[order] + 1
    one, other = keys.pairs_sharing(person)
    return float(np.isin(one << 32 | other, left << 32 | right).mean())


def sizes(sheet: Sheet, shared: Path, seed: int, chosen: list[int]) -> dict[int, Path]:
    """Every size of the shared generator."""
    folders, seconds = {}, {}
    for size in chosen:
        folders[size] = folder = generate(shared, size, seed)
        found, cost = linked(folder)
        seconds[size] = cost["seconds"]
        sheet.add(f"{size} records: pairwise precision", found["precision"], least=0.995)
        sheet.add(f"{size} records: pairwise recall", found["recall"], least=LEAST_RECALL.get(size))
        sheet.add(f"{size} records: B-cubed F1", found["b_cubed_f1"], least=0.97 if size == 100_000 else None)
        sheet.add(f"{size} records: kin mixed in 10,000 clusters", found["kin_mixed"], most=5)
        sheet.add(f"{size} records: pairs a record", cost["pairs"], most=15)
        sheet.add(f"{size} records: seconds", seconds[size], most=MOST_SECONDS.get(size))
        sheet.add(f"{size} records: gigabytes", cost["memory"], most=3)
    if 100_000 in folders:
        sheet.add("100000 records: true pairs compared", blocking_recall(folders[100_000]), least=0.95)
    if 100_000 in seconds and MILLION in seconds:
        sheet.add("growth of time, 100,000 to a million", seconds[MILLION] / seconds[100_000], most=12)
    return folders


def increments(sheet: Sheet, folder: Path, size: int) -> None:
    """A thousand new records, and one, against all others."""
    from nhipcau.core.linkage import incremental, model, reading

    records = reading.read_records(folder / "records.parquet")
    start = time.perf_counter()
    known = incremental.Known(
        records.slice(1000), reading.read_gazetteer(folder / "gazetteer.parquet"), model.load()
    )
    sheet.add(f"{size} records: seconds to make ready for new ones", time.perf_counter() - start)
    known.match(records.slice(0, 1))
    times = []
    for row in range(1, 41):
        start = time.perf_counter()
        known.match(records.slice(row, 1))
        times.append(time.perf_counter() - start)
    sheet.add(f"one record against {size}: milliseconds", sorted(times)[20] * 1000, most=100)
    start = time.perf_counter()
    known.match(records.slice(0, 1000))
    sheet.add(f"1000 records against {size}: seconds", time.perf_counter() - start, most=1.5)
    known.close()


def main() -> int:
    """Everything, on a fresh seed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="leave the million out")
    parser.add_argument("--seed", type=int, help="of the records (default: drawn anew)")
    parser.add_argument(
        "--shared", type=Path, default=os.environ.get("NHIPCAU_SHARED", ROOT.parent / "shared")
    )
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(10**6)
    shared = Path(chosen.shared)
    print(f"linking: seed {seed}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    sheet = Sheet()
    if (shared / "link" / "generate_people.py").exists():
        wanted = [size for size in SIZES if size < MILLION or not chosen.quick]
        folders = sizes(sheet, shared, seed, wanted)
        increments(sheet, folders[wanted[-1]], wanted[-1])
    else:
        print(f"linking: {shared}/link is not there; only records made otherwise are linked")
    for size in (10_000, 50_000):
        found, _ = linked(make_otherwise(size, seed))
        sheet.add(f"{size} made otherwise: pairwise precision", found["precision"], least=0.99)
        sheet.add(f"{size} made otherwise: pairwise recall", found["recall"], least=0.80)
    return 1 if sheet.missed else 0


if __name__ == "__main__":
    sys.exit(main())
