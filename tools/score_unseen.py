"""Linking of people made by habits that the model was never fitted to.

    .venv/bin/python tools/score_unseen.py [--size N]… [--seed N]… [--world NAME]… [--held-out]

Makes records of each world (`core/linkage/tests/unseen`) in each size by each seed, links them with the
shipped model, and prints pairwise precision and recall, B-cubed, false links among kin (in 10,000 clusters)
and seconds. `--held-out` takes the worlds that serve no tuning, which are scored at the end of a work.
`--seed` is drawn anew where it is not given. Ends with 1 when precision or recall misses its bar.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]

from nhipcau.core.linkage import linking, model, reading  # noqa: E402
from nhipcau.core.linkage.evaluating import score  # noqa: E402
from nhipcau.core.linkage.places import Gazetteer  # noqa: E402
from nhipcau.core.linkage.tests.unseen.making import make  # noqa: E402
from nhipcau.core.linkage.tests.unseen.worlds import WORLDS  # noqa: E402

PRECISION, RECALL = 0.99, 0.80


def scored(world: str, size: int, seed: int) -> bool:
    """Print the figures of one set of records; whether both bars are held."""
    records, truth, units = make(world, size, seed)
    start = time.perf_counter()
    clusters = linking.link(
        reading.in_form(records), Gazetteer(units.select(reading.GAZETTEER_COLUMNS).to_pylist()), model.load()
    )
    seconds = time.perf_counter() - start
    found = score(truth, clusters)
    held = found.precision >= PRECISION and found.recall >= RECALL
    print(
        f"{world:<9} {size:>7} {seed:>7}  P {found.precision:.4f}  R {found.recall:.4f}"
        f"  B3 {found.b_cubed_precision:.4f} {found.b_cubed_recall:.4f} F1 {found.b_cubed_f1:.4f}"
        f"  kin {found.kin_mixed or 0:5.1f}  {seconds:5.1f} s  {'' if held else 'MISSED'}",
        flush=True,
    )
    return held


def main() -> int:
    """Every world, size and seed asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, action="append", help="records (default: 5000)")
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--world", choices=sorted(WORLDS), action="append")
    parser.add_argument("--held-out", action="store_true")
    chosen = parser.parse_args()
    worlds = chosen.world or [name for name, world in WORLDS.items() if world.heldout == chosen.held_out]
    seeds = chosen.seed or [random.SystemRandom().randrange(10**6)]
    held = [
        scored(world, size, seed) for size in chosen.size or [5_000] for seed in seeds for world in worlds
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
