"""Signatures made here, then left alone, changed, or added to."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from nhipcau.core.pdfsignature import Signature, SignatureRefused, signatures_of

PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER


@dataclass(frozen=True, slots=True)
class Holder:
    """A key with its certificate, issued by itself."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def signer(self) -> signers.SimpleSigner:
        private = self.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(self.certificate.public_bytes(DER)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),
        )


@pytest.fixture(scope="module")
def holder() -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Thị Ký")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Holder(certificate, key)


def blank() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def signed(holder: Holder, data: bytes, field: str = "Chữ ký 1") -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    meta = signers.PdfSignatureMetadata(field_name=field)
    # Signing runs an event loop of its own, which a thread that drives a browser already has.
    with ThreadPoolExecutor(max_workers=1) as apart:
        out = apart.submit(signers.sign_pdf, writer, meta, signer=holder.signer).result()
    return bytes(out.getbuffer())


def found(tmp_path: Path, data: bytes, roots: Path | None = None) -> list[Signature]:
    path = tmp_path / "báo cáo.pdf"
    path.write_bytes(data)
    return signatures_of(path, roots)


def test_a_signed_file_says_by_whom_and_that_it_is_whole(holder: Holder, tmp_path: Path) -> None:
    (one,) = found(tmp_path, signed(holder, blank()))
    assert (one.signer, one.intact, one.whole, one.trusted) == ("Nguyễn Thị Ký", True, True, None)
    assert one.time.startswith(str(datetime.now(UTC).year))
    assert not one.time_proven


def test_trust_is_what_the_province_named(holder: Holder, tmp_path: Path) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "note.txt").write_text("not a certificate")
    (roots / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    other = x509.load_pem_x509_certificate(holder.certificate.public_bytes(PEM))
    (roots / "own.pem").write_bytes(other.public_bytes(PEM))
    (one,) = found(tmp_path, signed(holder, blank()), roots)
    assert one.trusted is True
    (roots / "own.pem").unlink()
    (one,) = found(tmp_path, signed(holder, blank()), roots)
    assert one.trusted is None


def test_a_file_changed_after_signing_is_not_intact(holder: Holder, tmp_path: Path) -> None:
    data = signed(holder, blank())
    (one,) = found(tmp_path, data.replace(b"595", b"596", 1))
    assert not one.intact


def test_what_was_added_after_signing_is_told(holder: Holder, tmp_path: Path) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(holder, blank())))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (one,) = found(tmp_path, out.getvalue())
    assert (one.intact, one.whole) == (True, False)


def test_a_second_signature_leaves_the_first_whole(holder: Holder, tmp_path: Path) -> None:
    both = found(tmp_path, signed(holder, signed(holder, blank()), "Chữ ký 2"))
    assert [(one.intact, one.whole) for one in both] == [(True, True), (True, True)]


def test_a_file_without_signatures_has_none(tmp_path: Path) -> None:
    assert found(tmp_path, blank()) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf", b"%PDF-1.7\n" + b"[" * 200_000])
def test_what_is_no_document_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SignatureRefused):
        found(tmp_path, data)


def test_a_file_cut_anywhere_hurts_nobody(holder: Holder, tmp_path: Path) -> None:
    data = signed(holder, blank())
    for tenth in range(1, 10):
        try:
            assert not any(
                one.intact and one.whole for one in found(tmp_path, data[: len(data) * tenth // 10])
            )
        except SignatureRefused:
            continue
