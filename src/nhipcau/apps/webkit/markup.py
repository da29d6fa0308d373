"""Words of ours with words of users inside: escaped, and marked as theirs."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from nhipcau.apps.webkit.formats import in_vietnamese


def fill(words: str | Promise, **values: object) -> SafeString:
    """`words` with its `%(name)s` filled. What users wrote is in their language, whatever the page's is."""
    marked = {name: format_html("<span data-user-text>{}</span>", value) for name, value in values.items()}
    return mark_safe(str(escape(words)) % marked)  # noqa: S308 - both parts are escaped


# For what is written down before the language is known, such as a field's hint.
fill_lazy = lazy(fill, SafeString)


def bilingual(words: str) -> SafeString:
    """A sentence that its maker has in Vietnamese and English, as the reader's refusals: marked as such.

    Nothing stays nothing.
    """
    language = "vi" if in_vietnamese() else "en"
    return format_html('<span lang="{}">{}</span>', language, words) if words else SafeString("")
