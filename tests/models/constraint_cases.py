"""The named rules of the database, each with values that break it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F

from claims.models import (
    Act,
    ActRow,
    Anchor,
    ApiKey,
    Article,
    ArticleRevision,
    Assertion,
    AssertionParty,
    Attribution,
    BorrowedRow,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Comment,
    Correction,
    Dispute,
    DisputeAssertion,
    ImportedPage,
    ImportedTable,
    ImportRun,
    LogTile,
    Measure,
    Party,
    PublicationHead,
    ReviewEvent,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
)

EARLY, LATE = dt.date(2012, 1, 1), dt.date(2012, 1, 2)
NOW = dt.datetime(2012, 1, 1, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


class Case(NamedTuple):
    """Writing `values` into the rows of `model` that fit `where` breaks the rule `name`."""

    name: str
    model: type[models.Model]
    values: dict[str, Any]
    where: dict[str, Any] = {}


def figure(name: str, **values: Any) -> Case:
    """A rule of an assertion, broken on the 97 that a source asserts."""
    return Case(f"assertion_{name}", Assertion, values, {"point": 97})


CHECKS = [
    Case("apikey_scope_is_known", ApiKey, {"scope": "all"}),
    Case("apikey_revoked_has_reason", ApiKey, {"revoked_at": NOW}),
    Case("anchor_has_quote", Anchor, {"exact": ""}),
    Case("anchor_start_before_end", Anchor, {"end": F("start")}),
    Case("anchor_status_is_known", Anchor, {"status": "lost"}),
    Case("article_has_title", Article, {"title": ""}),
    Case("article_origin_url_is_http", Article, {"origin_url": "ftp://example.org"}),
    Case("articlerevision_has_text", ArticleRevision, {"text": ""}),
    Case("articlerevision_approved_has_approver_and_time", ArticleRevision, {"approved_at": None}),
    Case(
        "articlerevision_approver_did_not_add_it",
        ArticleRevision,
        {"approved_by": F("added_by")},
    ),
    figure("low_not_above_point", low=98),
    figure("point_not_above_high", high=96),
    figure("low_not_above_high", point=None, low=5, high=4),
    figure("low_strict_has_low", low_strict=True),
    figure("high_strict_has_high", high_strict=True),
    figure("high_open_has_a_stated_end", high_open=True),
    figure("approximate_has_a_number", point=None, vague_term="dozens", approximate=True),
    figure("vague_term_has_no_number", vague_term="dozens"),
    figure("has_at_most_15_digits", point=Decimal(10) ** 15),
    figure("count_is_not_negative", point=-1),
    figure("test_low_not_above_test_high", test_low=98, test_high=97),
    figure("value_kind_is_known", value_kind="mood", stance="denies", extent="part", point=None),
    figure("fills_only_the_family_of_its_measure", boolean=True),
    figure("asserts_a_value_or_says_why_not", point=None),
    figure("without_a_value_holds_none", value_state="unknown"),
    figure("value_state_is_known", value_state="lost", point=None),
    figure("earliest_not_after_latest", earliest=LATE, latest=EARLY),
    figure("stance_is_known", stance="shouts"),
    figure("status_is_known", status="lost", status_reason="Gone."),
    figure("live_has_source_or_needs_citation", source=None),
    figure("needing_citation_has_no_source", citation_needed=True),
    figure("not_live_has_reason", status="rejected"),
    figure("denial_has_extent", stance="denies"),
    figure("extent_belongs_to_an_objection", extent="whole"),
    figure("ground_belongs_to_an_objection", ground="other"),
    figure("credibility_is_known", credibility="9"),
    figure("does_not_target_itself", target=F("pk")),
    figure("does_not_supersede_itself", supersedes=F("pk")),
    Case("assertion_party_mode_is_known", Assertion, {"party_mode": "x"}, {"value_kind": "party"}),
    Case("attribution_role_is_known", Attribution, {"role": "ghost"}),
    Case("attribution_mode_is_known", Attribution, {"mode": "sung"}),
    Case("attribution_speaker_stands_at_position_0", Attribution, {"position": 1}),
    Case("claim_has_question", Claim, {"question": ""}),
    Case("claim_state_is_known", Claim, {"state": "lost"}),
    Case("claim_aggregation_is_known", Claim, {"aggregation": "lost"}),
    Case("claim_cardinality_is_known", Claim, {"cardinality": "lost"}),
    Case("claim_best_policy_is_known", Claim, {"best_policy": "lost"}),
    Case("claim_contention_is_known", Claim, {"contention": "lost"}),
    Case("claim_severity_is_known", Claim, {"severity": "lost"}),
    Case("claim_tolerance_is_a_percentage", Claim, {"tolerance_pct": 101}),
    Case(
        "claim_as_of_earliest_not_after_latest",
        Claim,
        {"as_of_earliest": LATE, "as_of_latest": EARLY},
    ),
    Case("claimrelation_links_two_claims", ClaimRelation, {"to_claim": F("from_claim")}),
    Case("claimrelation_kind_is_known", ClaimRelation, {"kind": "lost"}),
    Case("sourcerelation_kind_is_known", SourceRelation, {"kind": "lost"}),
    Case("sourcerelation_state_is_known", SourceRelation, {"state": "lost"}),
    Case(
        "sourcerelation_rests_on_another_source",
        SourceRelation,
        {"to_source": F("from_source")},
    ),
    Case("sourcerelation_rests_on_one_thing", SourceRelation, {"to_source": None}),
    Case(
        "sourcerelation_decided_has_person_time_and_reason",
        SourceRelation,
        {"decision_reason": ""},
    ),
    Case("sourcerelation_final_is_rejected", SourceRelation, {"final": True}),
    Case("claimversion_approver_is_not_last_editor", ClaimVersion, {"approved_by": F("edited_by")}),
    Case("claimversion_takedown_is_a_tombstone", ClaimVersion, {"is_takedown": True}),
    Case("claimversion_has_hash", ClaimVersion, {"sha256": ""}),
    Case("borrowedrow_noun_is_known", BorrowedRow, {"noun": "rumour"}),
    Case("correction_noun_is_known", Correction, {"noun": "rumour"}),
    Case("correction_state_is_known", Correction, {"state": "lost"}),
    Case("correction_has_reason", Correction, {"reason": ""}),
    Case(
        "correction_approved_has_approver_time_and_entry",
        Correction,
        {"state": "publishing"},
        {"state": "waiting"},
    ),
    Case("correction_approver_is_not_its_editor", Correction, {"approved_by": F("edited_by")}),
    Case("comment_has_body", Comment, {"body": ""}),
    Case("comment_resolved_has_person_and_time", Comment, {"resolved_at": NOW}),
    Case("dispute_kind_is_known", Dispute, {"kind": "lost"}),
    Case("dispute_state_is_known", Dispute, {"state": "lost"}),
    Case("dispute_outcome_is_known", Dispute, {"outcome": "lost"}),
    Case("dispute_has_reason", Dispute, {"reason": ""}),
    Case("dispute_resolved_has_outcome_rationale_and_decider", Dispute, {"rationale": ""}),
    Case(
        "dispute_dismissed_has_rationale_and_decider",
        Dispute,
        {"state": "dismissed", "rationale": ""},
    ),
    Case("dispute_decider_did_not_open_it", Dispute, {"opened_by": F("decided_by")}),
    Case("dispute_prefers_exactly_when_outcome_is_prefer", Dispute, {"outcome": "prefer"}),
    Case("dispute_unresolved_has_no_outcome", Dispute, {"state": "open"}),
    Case("importrun_finished_not_before_start", ImportRun, {"finished_at": LONG_AGO}),
    Case("importedpage_outcome_is_known", ImportedPage, {"outcome": "lost"}),
    Case("importedpage_rejected_names_rule", ImportedPage, {"outcome": "rejected"}),
    Case("importedpage_imported_has_revision", ImportedPage, {"revision": None}),
    Case("importedpage_text_only_while_it_waits", ImportedPage, {"text": "Left over."}),
    Case("importedtable_outcome_is_known", ImportedTable, {"outcome": "lost", "content": ""}),
    Case("importedtable_content_only_while_it_waits", ImportedTable, {"outcome": "imported"}),
    Case(
        "importedtable_undone_says_who_when_and_why",
        ImportedTable,
        {"outcome": "undone", "content": ""},
    ),
    Case("measure_has_label", Measure, {"label": ""}),
    Case("measure_value_kind_is_known", Measure, {"value_kind": "mood"}),
    Case("party_has_name", Party, {"name": ""}),
    Case("party_kind_is_known", Party, {"kind": "ghost"}),
    Case("act_has_verb", Act, {"verb": ""}),
    Case("publicationhead_is_the_only_row", PublicationHead, {"id": 2}),
    Case("reviewevent_action_is_known", ReviewEvent, {"action": "sang"}),
    Case("reviewevent_has_comment", ReviewEvent, {"comment": ""}),
    Case("source_has_title", Source, {"title": ""}),
    Case("source_csl_type_is_known", Source, {"csl_type": "song"}),
    Case("source_url_status_is_known", Source, {"url_status": "lost"}),
    Case("source_reliability_is_known", Source, {"reliability": "Z"}),
    Case("source_url_is_http", Source, {"url": "//example.org", "url_status": "unknown"}),
    Case("source_archive_url_is_http", Source, {"archive_url": "javascript:alert(1)"}),
    Case("source_with_url_status_none_has_no_url", Source, {"url": "https://example.org"}),
    Case(
        "source_issued_earliest_not_after_latest",
        Source,
        {"issued_earliest": LATE, "issued_latest": EARLY},
    ),
    Case("source_withdrawn_has_note", Source, {"withdrawn_on": EARLY}),
    Case("subject_has_title", Subject, {"title": ""}),
    Case("subject_kind_is_known", Subject, {"kind": "mood"}),
    Case("subject_is_not_its_own_parent", Subject, {"parent": F("pk")}),
    Case("subject_earliest_not_after_latest", Subject, {"earliest": LATE, "latest": EARLY}),
]
# Copying a row, with these changes, breaks the rule.
COPIES = [
    Case("articlerevision_number_is_unique", ArticleRevision, {"sha256": "other"}),
    Case("articlerevision_text_is_stored_once", ArticleRevision, {"number": 7}),
    Case("assertionparty_is_named_once", AssertionParty, {}),
    Case("attribution_position_is_taken_once", Attribution, {"role": "publisher"}),
    Case("attribution_has_at_most_one_speaker", Attribution, {}),
    Case("claim_scope_is_asked_once", Claim, {}, {"state": "published"}),
    Case("claimrelation_is_named_once", ClaimRelation, {}),
    Case("sourcerelation_is_named_once", SourceRelation, {}),
    Case("borrowedrow_is_named_once", BorrowedRow, {}),
    Case("correction_waits_once_per_row", Correction, {}, {"state": "waiting"}),
    Case("claimversion_number_is_unique", ClaimVersion, {"sequence": 99, "is_current": False}),
    Case(
        "claimversion_current_once_per_claim",
        ClaimVersion,
        {"sequence": 99, "number": 99},
        {"is_current": True},
    ),
    Case(
        "dispute_unresolved_once_per_claim_and_kind",
        Dispute,
        {"state": "open", "outcome": "", "decided_by": None, "decided_at": None},
    ),
    Case("disputeassertion_is_named_once", DisputeAssertion, {}),
    Case("importrun_file_is_read_by_one_unfinished_run", ImportRun, {}),
    Case("act_has_one_leaf", Act, {}),
    Case("actrow_once_per_act_and_row", ActRow, {}),
    Case("importedpage_is_dealt_with_once", ImportedPage, {}),
    Case("logtile_place_is_unique", LogTile, {}),
    Case("party_name_kind_and_description_are_unique", Party, {}),
    Case("source_doi_is_unique", Source, {"doi": "10.1000/1"}),
    Case("subjectbelligerent_party_is_named_once", SubjectBelligerent, {}),
]
