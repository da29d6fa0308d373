"""Files in, `Source` out: one module for each format, loaded only when a file needs it."""

from nhipcau.core.planreader.formats.opening import open_source

__all__ = ["open_source"]
