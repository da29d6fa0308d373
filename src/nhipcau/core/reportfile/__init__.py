"""report/1: a consolidated report as a file for machines: frozen, hashed, verified without a database."""

from nhipcau.core.reportfile.canonical import canonical_bytes, digest_of, sealed
from nhipcau.core.reportfile.changes import Change, changes
from nhipcau.core.reportfile.checking import MOST_BYTES, Problem, check, read

__all__ = [
    "MOST_BYTES",
    "Change",
    "Problem",
    "canonical_bytes",
    "changes",
    "check",
    "digest_of",
    "read",
    "sealed",
]
