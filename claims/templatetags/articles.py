"""Words of an article with the look that its text gives them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html

from claims.reading.text.cutting import Run

register = template.Library()


@register.simple_tag
def worded(run: Run, links: Any = None) -> str:
    """The words of a run, escaped, in bold or italics, and as a link where it leads somewhere.

    ``links`` are the addresses of pages by the titles that the text names; others lead nowhere.
    """
    words = run.text
    if run.italic:
        words = format_html("<i>{}</i>", words)
    if run.bold:
        words = format_html("<b>{}</b>", words)
    if run.address:
        return format_html('<a href="{}" rel="nofollow noopener">{}</a>', run.address, words)
    link = links.get(run.page) if run.page and links else None
    if link is None:
        return words
    if link.is_here:
        return format_html('<a href="{}">{}</a>', link.address, words)
    return format_html(
        '<a class="away" href="{}" rel="nofollow noopener">{}</a>', link.address, words
    )
