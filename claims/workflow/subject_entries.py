"""What documents say of the subject of a claim, and where it lies."""

from __future__ import annotations

from claims.domain.dates import date_words
from claims.domain.places import country_of
from claims.domain.published import Coordinates, SubjectEntry
from claims.models import Subject
from claims.workflow.desk import Desk


def subject_entry(desk: Desk) -> SubjectEntry:
    """The subject with its line of parents and the parties to its conflict."""
    subject = desk.path[-1]
    entry: SubjectEntry = {
        "ref": subject.ref,
        "title": subject.title,
        "kind": subject.kind,
        "place": subject.place,
        "when": subject.when,
        "when_words": date_words(subject.when) if subject.when else "",
        "path": [
            {"ref": above.ref, "title": above.title, "country_code": above.country}
            for above in desk.path[:-1]
        ],
        "belligerents": desk.belligerent_names(),
        "country_code": subject.country,
        "coordinates": coordinates_of(subject),
        "wikidata_qid": subject.wikidata_id,
        "country": None,
    }
    return {**entry, "country": country_of(entry)}


def coordinates_of(subject: Subject) -> Coordinates | None:
    """Where the subject is, in degrees; None where nobody has written it down."""
    if subject.latitude is None and subject.longitude is None:
        return None
    return {"latitude": subject.latitude, "longitude": subject.longitude}
