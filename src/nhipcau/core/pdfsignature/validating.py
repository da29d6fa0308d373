"""Validation with pyHanko, without the network: revocation is not asked for, and the page says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from nhipcau.core.pdfsignature.schema import Signature

MOST_SIGNATURES = 20
ROOT_NAMES = ("*.pem", "*.crt", "*.cer")


def roots_in(folder: Path | None) -> list[x509.Certificate]:
    """The certificates of a folder, PEM or DER; what is none of these is passed over."""
    found: list[x509.Certificate] = []
    if folder is None or not folder.is_dir():
        return found
    for path in sorted(path for name in ROOT_NAMES for path in folder.glob(name)):
        data = path.read_bytes()
        try:
            parts = (
                [der for _kind, _head, der in pem.unarmor(data, multiple=True)]
                if pem.detect(data)
                else [data]
            )
            found += [x509.Certificate.load(part, strict=True) for part in parts]
        except ValueError:
            continue
    return found


def signatures(path: Path, roots: Sequence[x509.Certificate]) -> list[Signature]:
    """In the order in which they were made; a PDF without any gives an empty list."""
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        return list(_each(reader, roots))


def _each(reader: PdfFileReader, roots: Sequence[x509.Certificate]) -> Iterator[Signature]:
    for embedded in reader.embedded_regular_signatures[:MOST_SIGNATURES]:
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
        yield _one(embedded, context, known_roots=bool(roots))


def _one(embedded: EmbeddedPdfSignature, context: ValidationContext, *, known_roots: bool) -> Signature:
    certificate = embedded.signer_cert
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    level = status.modification_level
    stamp = status.timestamp_validity
    time = stamp.timestamp if stamp is not None else status.signer_reported_dt
    # A further signature counts as filling in a form; what the first one forbids is `docmdp_ok`.
    added = level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok is not False
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE or (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and added
    )
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        time=time.isoformat() if time is not None else "",
        time_proven=stamp is not None and bool(stamp.valid and stamp.intact and stamp.trusted),
        intact=bool(status.intact and status.valid),
        whole=whole,
        trusted=bool(status.trusted) if known_roots else None,
    )


def _name(name: x509.Name) -> str:
    said = name.native
    found = said.get("common_name") or said.get("organization_name") or name.human_friendly
    return ", ".join(found) if isinstance(found, list) else str(found)
