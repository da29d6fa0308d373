"""The paragraphs of a Word document as plain text, read in a confined child."""

from nhipcau.core.wordtext.child import WordRefused, paragraphs_of

__all__ = ["WordRefused", "paragraphs_of"]
