"""What can be wrong with a sealed cell or with the keys. No message holds a key, a text or a number."""

from __future__ import annotations


class SealingError(Exception):
    """Something sealed cannot be made or read."""


class NotGenuine(SealingError):
    """The bytes are not what was sealed for this table, column and row: changed, or taken from elsewhere."""


class UnknownForm(SealingError):
    """The bytes do not begin as any form that this version writes or reads."""


class UnknownKey(SealingError):
    """The ring lacks the key that was used."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the key ring has no key {key_id}")
        self.key_id = key_id


class TooLong(SealingError):
    """Sealing is for short texts; files have another way."""


class NothingToIndex(SealingError):
    """A number without a letter or digit."""


class RingMissing(SealingError):
    """There is no file of keys at its place."""


class RingUnreadable(SealingError):
    """The file of keys is there and is not one, or may not be read."""


class RingUnsafe(SealingError):
    """Others than its owner may read or change the file of keys."""
