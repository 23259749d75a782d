"""Where subjects cannot lie: refused in words that say what to write."""

from __future__ import annotations

import re

import pytest

from claims.errors import InvalidValueError
from claims.workflow.subjects import edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"country": "XX"}, "country: 'XX' is no country of ISO 3166-1: write two capital letters"),
        ({"country": "ml"}, "country: 'ml' is no country"),
        ({"latitude": "19.5"}, "latitude: Give latitude and longitude together, or neither."),
        ({"longitude": "0.8"}, "latitude: Give latitude and longitude together, or neither."),
        ({"latitude": "91", "longitude": "0"}, "The latitude 91 does not lie between -90 and 90"),
        ({"latitude": "0", "longitude": "-180.1"}, "The longitude -180.1 does not lie between"),
        ({"latitude": "0.12345678", "longitude": "0"}, "has more than 7 decimals"),
        ({"latitude": "north", "longitude": "0"}, "latitude: 'north' is no number."),
        ({"wikidata_id": "912"}, "wikidata_id: write the item of Wikidata as Q and its number"),
    ],
    ids=str,
)
def test_a_subject_lies_nowhere_that_cannot_be(fields, says):
    with pytest.raises(InvalidValueError, match=re.escape(says)):
        edit_subject(subject=make.subject(), by=make.contributor(), reason="So.", **fields)
