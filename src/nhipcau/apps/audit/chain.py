"""The arithmetic of the chain; no database.

An event has a header that stays and a payload that may be erased. Its payload digest is salted. The link of a
position holds the link before, the position, the header and the payload digest:

    digest = SHA-256(salt, payload)
    link   = SHA-256(link before, position as 8 bytes, SHA-256(header), digest)

Header and payload come from PostgreSQL as the text of a JSON array, which every version writes alike.
"""

from __future__ import annotations

import hashlib

START = bytes(32)

# Columns of audit_event `e`. Times as UTC text: how a session prints them must not matter.
HEADER = (
    "jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.xid, e.source, "
    "e.actor_id, e.verb, e.subject_type, e.subject_id)::text"
)
PAYLOAD = "jsonb_build_array(e.actor_label, e.reason, e.data)::text"


def digest(salt: bytes, payload: str) -> bytes:
    """Of what may be erased."""
    return hashlib.sha256(salt + payload.encode()).digest()


def link(before: bytes, position: int, header: str, payload_digest: bytes) -> bytes:
    """The next link."""
    inner = hashlib.sha256(header.encode()).digest()
    return hashlib.sha256(before + position.to_bytes(8, "big") + inner + payload_digest).digest()
