"""What the digital signatures of a PDF say: who, when, whether the file is as it was signed."""

from nhipcau.core.pdfsignature.child import signatures_of
from nhipcau.core.pdfsignature.schema import Signature, SignatureRefused

__all__ = ["Signature", "SignatureRefused", "signatures_of"]
