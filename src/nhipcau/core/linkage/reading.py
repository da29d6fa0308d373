"""Reading what is to be linked: records.parquet and gazetteer.parquet of a folder."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nhipcau.core.linkage.places import Gazetteer

COLUMNS = (
    "record_id", "name", "source", "sex", "birth", "prov", "district", "commune", "rel_name", "rel_phone",
    "country", "doc_no", "phone", "email", "grp", "arrival_year",
)  # fmt: skip
"""What a record may say; only `record_id` and `name` must be there."""
NUMBERS = ("grp", "arrival_year")
GAZETTEER_COLUMNS = ("prov", "old_id", "old_name", "district", "new_name", "new_code")


class UnreadableRecords(Exception):
    """The files cannot be linked; the message says what to do."""


def read_table(path: Path) -> pa.Table:
    """A parquet file as a table."""
    try:
        return pq.read_table(path)
    except FileNotFoundError:
        raise UnreadableRecords(f"{path}: there is no such file") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableRecords(f"{path}: not a parquet file that can be read ({error})") from error


def read_records(path: Path) -> pa.Table:
    """The records, one column for each of `COLUMNS` (empty where the file has none), all text but numbers."""
    return in_form(read_table(path), str(path))


def in_form(table: pa.Table, where: str = "records") -> pa.Table:
    """The columns that linking knows, in their types."""
    for needed in ("record_id", "name"):
        if needed not in table.column_names:
            raise UnreadableRecords(f"{where}: the column {needed} is missing")
    columns = {}
    for name in COLUMNS:
        kind = pa.int64() if name == "record_id" else pa.int32() if name in NUMBERS else pa.string()
        columns[name] = _column(table, name, kind, where)
    if columns["record_id"].null_count or pc.count_distinct(columns["record_id"]).as_py() != len(table):
        raise UnreadableRecords(f"{where}: record_id must be a number, never empty, once for each record")
    return pa.table(columns)


def _column(table: pa.Table, name: str, kind: pa.DataType, where: str) -> pa.Array:
    if name not in table.column_names:
        return pa.nulls(len(table), kind)
    column = table.column(name).combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type) and pa.types.is_string(kind):
        raise UnreadableRecords(f"{where}: the column {name} holds decimals; write it as text")
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        raise UnreadableRecords(f"{where}: the column {name} does not hold {kind}") from None


def read_gazetteer(path: Path) -> Gazetteer:
    """Communes of old and today; an absent file gives an empty one, so that places count as not known."""
    if not path.exists():
        return Gazetteer([])
    table = read_table(path)
    missing = [name for name in GAZETTEER_COLUMNS if name not in table.column_names]
    if missing:
        raise UnreadableRecords(f"{path}: the columns {', '.join(missing)} are missing")
    return Gazetteer(table.select(GAZETTEER_COLUMNS).to_pylist())
