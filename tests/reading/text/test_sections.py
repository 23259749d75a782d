"""Sections by the headings of an article's own format."""

from __future__ import annotations

import pytest

from claims.reading.text.sections import sections_in

WIKI = (
    "{{Infobox flood\n| killed = 10\n}}\nLead.\n\n== Toll ==\nTen.\n=== Town ===\nOne.\n"
    "<!-- == Hidden == -->\n== Aid ==\nTents.\n"
)
PLAIN = "= Flood =\n\nLead.\n\n## Toll\nTen.\n### Town\nOne.\n## Aid\nTents.\n"


@pytest.mark.parametrize(
    ("text", "written", "heads"),
    [
        (WIKI, "wikitext", ("== Toll ==", "=== Town ===", "== Aid ==")),
        (WIKI, "auto", ("== Toll ==", "=== Town ===", "== Aid ==")),
        (PLAIN, "plain", ("## Toll", "### Town", "## Aid")),
        (PLAIN.replace("\n", "\r\n"), "plain", ("## Toll", "### Town", "## Aid")),
    ],
)
def test_each_heading_opens_a_section_that_holds_those_below_it(
    text: str, written: str, heads: tuple[str, ...]
) -> None:
    lead, *found = sections_in(text, written)
    assert [one.title for one in found] == ["Toll", "Town", "Aid"]
    assert [text[one.start : one.end].startswith(head) for one, head in zip(found, heads,
            strict=True)] == [True] * 3  # fmt: skip
    toll, town, aid = found
    assert (lead.start, lead.end, aid.end) == (0, toll.start, len(text))
    assert (toll.end, town.end) == (aid.start, aid.start)


@pytest.mark.parametrize("text", ["", "No heading.\n", "= Title =\n\nNo other.\n"])
def test_a_text_without_headings_is_one_lead(text: str) -> None:
    (lead,) = sections_in(text, "plain")
    assert (lead.number, lead.start, lead.end) == (0, 0, len(text))
