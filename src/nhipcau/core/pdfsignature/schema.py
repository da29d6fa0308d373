"""A signature as it is shown, in plain values that pass a pipe."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """`time` is ISO 8601 or empty; `time_proven` says that a time stamp proves it, else the signer claims it.

    `intact`: what was signed is unchanged and the signature fits its certificate. `whole`: nothing was added
    after this signature but further signatures. `trusted`: the certificate leads to a root that the province
    trusts; None where it has named no roots.
    """

    signer: str
    issuer: str
    time: str
    time_proven: bool
    intact: bool
    whole: bool
    trusted: bool | None


class SignatureRefused(Exception):
    """The file could not be read as a PDF. `code` is "damaged" or "too-heavy"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
