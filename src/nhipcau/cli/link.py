"""`nhipcau link …`: which records are one person, without a database and without Django."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.core.linkage.linking import Account

HELP = """\
nhipcau link DIR --out clusters.parquet    link the records of DIR/records.parquet
nhipcau link train DIR --out model.json    learn the model's parameters from DIR
nhipcau link evaluate TRUTH CLUSTERS       compare clusters with the truth

DIR holds records.parquet and, for places, gazetteer.parquet. docs/reference/linking.md tells the columns."""


def link_parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau link DIR`."""
    top = argparse.ArgumentParser(
        prog="nhipcau link", epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("folder", type=Path, metavar="DIR")
    top.add_argument(
        "--out", type=Path, required=True, metavar="CLUSTERS", help="written: record_id, cluster_id"
    )
    top.add_argument("--model", type=Path, help="parameters to use (default: those that are shipped)")
    top.add_argument(
        "--engine", choices=("duckdb", "spark"), default="duckdb", help="where Splink weighs pairs"
    )
    return top


def train_parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau link train`."""
    top = argparse.ArgumentParser(prog="nhipcau link train")
    top.add_argument("folder", type=Path, metavar="DIR")
    top.add_argument(
        "--out", type=Path, required=True, metavar="MODEL", help="written: the parameters as JSON"
    )
    top.add_argument("--note", default="", help="kept in the file: where the records came from")
    return top


def evaluate_parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau link evaluate`."""
    top = argparse.ArgumentParser(prog="nhipcau link evaluate")
    top.add_argument(
        "truth", type=Path, metavar="TRUTH", help="parquet: record_id, person_id, perhaps family_id"
    )
    top.add_argument("clusters", type=Path, metavar="CLUSTERS", help="parquet: record_id, cluster_id")
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    verbs = {"train": (train_parser, train), "evaluate": (evaluate_parser, evaluate)}
    name = arguments[0] if arguments else ""
    parser, act = verbs.get(name, (link_parser, link))
    chosen = parser().parse_args(arguments[1:] if name in verbs else arguments)
    # Loaded here, so that `--help` and mistakes in the arguments answer at once.
    from nhipcau.core.linkage.evaluating import Unfit
    from nhipcau.core.linkage.linking import EngineMissing
    from nhipcau.core.linkage.model import UnreadableModel
    from nhipcau.core.linkage.reading import UnreadableRecords

    try:
        return act(chosen)
    except (UnreadableRecords, UnreadableModel, Unfit, EngineMissing, OSError) as error:
        print(f"nhipcau: {error}", file=sys.stderr)
        return 1


def link(chosen: argparse.Namespace) -> int:
    """Link the records of a folder."""
    import pyarrow.parquet as pq

    from nhipcau.core.linkage import linking, model

    account = linking.Account()
    clusters = linking.link_folder(chosen.folder, model.load(chosen.model), account, chosen.engine)
    with account.step("write"):
        pq.write_table(clusters, chosen.out)
    print(told(account))
    return 0


def told(account: Account) -> str:
    """What a run did, one line a matter."""
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in account.seconds.items())
    ratio = account.pairs / max(account.records, 1)
    compared = f"{account.pairs} compared ({ratio:.1f} a record), " if account.pairs else ""
    return "\n".join(
        (
            f"time     {sum(account.seconds.values()):.1f} s ({steps})",
            f"records  {account.records} in {account.clusters} clusters",
            f"pairs    {compared}{account.kept} kept",
            f"memory   {account.memory:.2f} GB at most",
        )
    )


def train(chosen: argparse.Namespace) -> int:
    """Learn the parameters from the records of a folder."""
    from nhipcau.core.linkage import preparing, reading, training

    records = reading.read_records(chosen.folder / "records.parquet")
    gazetteer = reading.read_gazetteer(chosen.folder / "gazetteer.parquet")
    learned = training.train(preparing.prepare(records, gazetteer), chosen.note)
    chosen.out.write_text(learned.as_json(), encoding="utf-8")
    return 0


def evaluate(chosen: argparse.Namespace) -> int:
    """Compare clusters with the truth; one JSON object."""
    from nhipcau.core.linkage import evaluating, reading

    found = evaluating.score(reading.read_table(chosen.truth), reading.read_table(chosen.clusters))
    print(json.dumps(found.as_dict()))
    return 0
