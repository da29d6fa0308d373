"""The child that reads signatures: `python -m nhipcau.core.pdfsignature parser [ROOTS]`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from pyhanko.pdf_utils.misc import PdfError

from nhipcau.core.pdfsignature.validating import roots_in, signatures
from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.serving import begin
from nhipcau.core.planreader.wire import READING, REFUSED

if __name__ == "__main__":
    roots = roots_in(Path(sys.argv[2]) if len(sys.argv) > 2 else None)

    def answer(path: Path) -> tuple[bytes, dict[str, object]]:
        """Status and body for one file; whatever goes wrong becomes a refusal."""
        try:
            return READING, {"signatures": [asdict(found) for found in signatures(path, roots)]}
        except (MemoryError, RecursionError):
            return REFUSED, {"code": "too-heavy"}
        except (PdfError, OSError):
            return REFUSED, {"code": "damaged"}
        except Exception as error:
            # The type alone: a message could carry words of the document.
            return REFUSED, {"code": "damaged", "cause": type(error).__name__}

    begin(PARSER, answer)
