"""What the reading child and its parent say to each other.

The parent writes one line of JSON a file: {"path": …}. The child first says READY, then answers each line
with a head (status, tired, length) and that many bytes of JSON. "Tired" asks to be replaced.
"""

from __future__ import annotations

import struct

HEAD = struct.Struct(">cBQ")
READING, REFUSED, NEEDS, READY = b"R", b"X", b"N", b"r"
MORE = b"M"
"""A part of an answer, after which more comes; READING or REFUSED ends it."""
MOST_BYTES = 24 * 2**20
"""A longer answer is refused unread."""
