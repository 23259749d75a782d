"""One life told step by step, in which every verb succeeds once: (rule, what it is given)."""

from __future__ import annotations

from typing import Any, Final

from claims.workflow.assigning import release_claim, take_claim
from claims.workflow.disputes import reopen_dispute, take_dispute
from claims.workflow.evidence import reject_assertion, restore_assertion, withdraw_assertion
from claims.workflow.relations import confirm_relation, reject_relation, withdraw_relation
from claims.workflow.retiring import confirm_takedown, reverse_takedown
from claims.workflow.review import approve_claim, return_claim

BY: Final = {"by": "editor"}
CHECKED: Final = {"by": "second_editor"}
RESTING: Final = {**BY, "kind": "relays", "of": None, "copied": False}
ADDED: Final = {**BY, "point": "97", "when": "1992", "who": 0}

STORY: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    # Registers, one row and many.
    *(
        (name, {**BY, "many": many, **fields})
        for many in (True, False)
        for name, fields in (
            ("add_work", {"title": "new", "when": "1992"}),
            ("add_speaker", {"name": "new", "kind": "person"}),
            ("add_question", {"kind": "text"}),
            ("add_event", {"title": "new", "parent": 0, "when": ""}),
        )
    ),
    ("correct_measure", {**BY, "number": 0, "field": "label"}),
    ("correct_party", {**BY, "number": 0, "name": "new", "aliases": []}),
    ("rest_on_another", {**RESTING, "ends": (0, 1)}),
    ("decide_on_a_relation", {**BY, "number": 0, "verb": confirm_relation}),
    ("rest_on_another", {**RESTING, "ends": (1, 2)}),
    ("decide_on_a_relation", {**BY, "number": 1, "verb": reject_relation}),
    ("decide_on_a_relation", {**BY, "number": 0, "verb": withdraw_relation}),
    ("correct_subject", {**BY, "number": 0, "title": "new", "place": "", "when": ""}),
    ("rate", {"by": "chief", "number": 2, "letter": "A"}),
    ("draft", {**BY, "subject": 1, "measure": 1, "when": "1992"}),
    ("edit", {**BY, "number": 0, "tolerance": "5.0", "policy": "none"}),
    ("prioritise", {"by": "chief", "number": 0}),
    ("look_after", {**BY, "number": 0, "verb": take_claim}),
    ("look_after", {**BY, "number": 0, "verb": release_claim}),
    ("assign", {"by": "chief", "number": 0, "to": "editor"}),
    # Evidence, disputes, readers.
    ("add", {**ADDED, "number": 0}),
    ("change", {**ADDED, "number": 0, "point": "60"}),
    ("supersede", {**ADDED, "number": 0}),
    ("add", {**ADDED, "number": 0, "who": 1, "point": "5"}),
    ("split", {**BY, "number": 0, "of": 1, "who": "porters", "seen": "right"}),
    ("join", {**BY, "number": 0}),
    ("split_by_a_case", {**CHECKED, "number": 0, "of": 1, "who": "nurses"}),
    ("join", {**CHECKED, "number": 0}),
    ("take_up", {**BY, "number": 0, "verb": take_dispute}),
    ("release_a_case", {**BY, "number": 0}),
    ("take_up", {**BY, "number": 0, "verb": take_dispute}),
    ("note", {**BY, "number": 0}),
    ("resolve", {**BY, "number": 0, "outcome": "range_stands", "seen": "right"}),
    ("undo_decision", {**BY, "number": 0}),
    ("resolve", {**BY, "number": 0, "outcome": "range_stands", "seen": "right"}),
    ("take_up", {**BY, "number": 0, "verb": reopen_dispute}),
    ("dismiss", {**CHECKED, "number": 0}),
    ("doubt", {**BY, "number": 0, "kind": "editor"}),
    ("take_out", {**BY, "number": 0, "verb": reject_assertion}),
    ("add", {**ADDED, "number": 0}),
    ("take_out", {**BY, "number": 0, "verb": withdraw_assertion}),
    ("take_out", {**BY, "number": 0, "verb": restore_assertion}),
    ("take_out", {**BY, "number": 0, "verb": withdraw_assertion}),
    ("submit", {**BY, "number": 0}),
    ("decide", {"by": "chief", "number": 0, "seen": "right", "verb": return_claim}),
    ("undo_return", {"by": "chief", "number": 0}),
    ("publish", {"by": "chief", "number": 0, "point": "97", "who": 0}),
    ("publish", {"by": "chief", "number": 1, "point": "0.1", "who": 1}),
    ("publish", {"by": "chief", "number": 3, "point": "97", "who": 1}),
    ("relate", {**BY, "part": 0, "total": 1, "kind": "part_of_total", "exact": True}),
    ("unrelate", {**BY, "number": 0}),
    ("revert", {**BY, "number": 1, "back": 0}),
    ("rewind", {**BY, "number": 1, "back": 1}),
    # An edit that three claims show, returned, then approved in pieces.
    ("correct_source", {**BY, "number": 1, "title": "new", "url": ""}),
    ("return_edit", {**CHECKED, "number": 0}),
    ("correct_source", {**BY, "number": 1, "title": "new", "url": ""}),
    ("approve_edit", {**CHECKED, "number": 0, "seen": "right"}),
    ("go_on_publishing", {}),
    # Two rows that are one; readers see the second of them.
    ("ask", {**BY, "noun": "party", "one": 0, "other": 1, "why": "alike"}),
    ("ask_many", {**BY, "noun": "party", "one": 0, "other": 1, "why": "told"}),
    ("answer_question", {**BY, "number": 0, "answer": "yes"}),
    ("merge", {**BY, "noun": "party", "one": 0, "other": 2}),
    ("decide_merge", {**CHECKED, "number": 0, "seen": "right", "verb": False}),
    ("merge", {**BY, "noun": "party", "one": 0, "other": 2}),
    ("decide_merge", {**CHECKED, "number": 0, "seen": "right", "verb": True}),
    ("undo_merge", {**BY, "number": 0}),
    ("decide_merge", {**CHECKED, "number": 0, "seen": "right", "verb": True}),
    # A headline of old that today's rules give otherwise.
    ("publish_under_earlier_rules", {"by": "chief", "number": 2, "point": "97", "who": 1}),
    ("refresh", {**BY, "number": 0}),
    ("decide", {**CHECKED, "number": 2, "seen": "right", "verb": approve_claim}),
    # Away from readers, in both ways.
    ("retire", {"number": 3, "seen": "right"}),
    ("decide", {**CHECKED, "number": 3, "seen": "right", "verb": approve_claim}),
    ("take_down", {"number": 0, "cause": "privacy"}),
    ("decide_takedown", {**CHECKED, "number": 0, "verb": reverse_takedown}),
    ("take_down", {"number": 1, "cause": "privacy"}),
    ("decide_takedown", {**CHECKED, "number": 1, "verb": confirm_takedown}),
    ("drop", {**BY, "number": 5}),
    ("take_back_a_drop", {**BY, "number": 0}),
    ("drop", {**BY, "number": 5}),
    ("withdraw", {"number": 1}),
    ("restore", {"by": "chief", "number": 0}),
    ("withdraw", {"number": 1}),
    # Texts, tables, uploads.
    ("write", {**BY, "title": "The flood", "number": 97, "fate": "kept"}),
    ("approve_text", {**CHECKED, "number": 0, "seen": "right"}),
    ("edit_text", {**BY, "number": 0, "figure": 82, "fate": "moved", "back": False}),
    ("correct_article", {**BY, "number": 0, "field": "title"}),
    ("take_in", {**BY, "title": "Raid on Arden", "number": 60, "fate": "kept"}),
    ("take_in", {**BY, "title": "Raid on Arden", "number": 97, "fate": "moved"}),
    ("upload", {**BY, "number": 97, "fate": "changed"}),
    ("take_in_uploads", {}),
    ("take_in_table", {**BY, "points_of": ["97", "-0"], "status": "live"}),
    ("undo_import", {**BY, "number": 0}),
    ("upload_table", {**BY, "point": "97"}),
    ("take_in_upload", {**BY, "number": 0}),
    ("upload_table", {**BY, "point": "60"}),
    ("drop_upload", {**BY, "number": 0}),
    ("seal", {}),
)

# What readers have when a life begins: claims that share rows, one of them with a headline of
# old, a total with its part, a text.
BEGINNING: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("write", {**BY, "title": "Raid on Arden", "number": 97, "fate": "kept"}),
    ("approve_text", {**CHECKED, "number": 0, "seen": "right"}),
    ("anchor", {**BY, "number": 0, "revision": 0, "point": "97", "is_new": True}),
    ("add", {**ADDED, "number": 0, "who": 1, "point": "60"}),
    ("relate", {**BY, "part": 0, "total": 1, "kind": "part_of_total", "exact": True}),
    ("add", {**ADDED, "number": 1, "who": 5}),
    ("rest_on_another", {**RESTING, "ends": (2, 1)}),
    ("decide_on_a_relation", {**BY, "number": 0, "verb": confirm_relation}),
    *(
        ("publish", {"by": "chief", "number": number, "point": "97", "who": number % 2})
        for number in (0, 1, 3)
    ),
    ("publish_under_earlier_rules", {"by": "chief", "number": 2, "point": "97", "who": 0}),
)
