"""The gate every uploaded file passes: size, type by content, ZIP and PDF guards, virus scanner.

No Django and no parser of document contents: it only decides whether a file may be handed to one.
"""

from nhipcau.core.filegate.gate import DOCUMENTS, Admitted, Gate, admit
from nhipcau.core.filegate.kinds import Kind
from nhipcau.core.filegate.names import safe_name
from nhipcau.core.filegate.rejection import Message, Rejected

__all__ = ["DOCUMENTS", "Admitted", "Gate", "Kind", "Message", "Rejected", "admit", "safe_name"]
