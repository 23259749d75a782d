"""Words of the vocabularies: what a stored code is called on a page, in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import choices
from claims.domain import headline
from claims.domain.characters import with_marks
from claims.domain.countries import COUNTRIES
from claims.domain.dates import EdtfError, date_words
from claims.domain.documents import dump_document
from claims.domain.origins import REASONS, ExclusionCode
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.said_by import SaidBy, said_by
from claims.domain.vocabulary import states_figures

register = template.Library()
EXCERPT = 300  # characters


def label_of(vocabulary: type[TextChoices], code: str) -> str:
    """The label of a code; a code from outside the vocabulary stays as it is."""
    return str(vocabulary(code).label) if code in vocabulary.values else code


# What a document says in English of a figure that is not counted, in the reader's language.
EXCLUSIONS: Final[dict[ExclusionCode, str | Promise]] = {
    "not_live": gettext_lazy("superseded, withdrawn or rejected"),
    "source_withdrawn": gettext_lazy("its source was withdrawn"),
    "not_an_assertion": gettext_lazy("it denies, doubts or retracts and asserts no value"),
    "retracted": gettext_lazy("its own origin retracted it"),
    "article_voice": gettext_lazy("no independent origin: the article's own voice"),
    "same_origin_repeats": gettext_lazy("the same origin says the same elsewhere"),
    "same_origin_later": gettext_lazy("superseded by the same origin, to confirm"),
    "rests_on_others": gettext_lazy("its source took it from another, and that origin is counted"),
    "no_value": gettext_lazy("it says that the value is unknown"),
    "no_number": gettext_lazy("it gives no number"),
}
_CODES: Final = {words: code for code, words in REASONS.items()}


@register.filter
def exclusion_label(reason: str) -> str:
    """Why a figure is not counted; words that no version of factbase wrote stay as they are."""
    return str(EXCLUSIONS[_CODES[reason]]) if reason in _CODES else reason


@register.filter
def visible(text: str) -> str:
    """The text with its invisible characters in words, for those who judge it."""
    return with_marks(str(text))


@register.filter
def country_name(code: str) -> str:
    """The short English name of a country; a code from outside the list stays as it is."""
    return COUNTRIES.get(code, code)


@register.filter
def asks_for_figures(document: dict[str, Any]) -> bool:
    """Whether the claim of a document is about figures; dates, parties and texts are answers."""
    return states_figures(document["measure"]["value_kind"])


@register.filter
def contention_label(code: str) -> str:
    return label_of(choices.Contention, code)


@register.filter
def severity_label(code: str) -> str:
    return label_of(choices.Severity, code)


@register.filter
def stance_label(code: str) -> str:
    return label_of(choices.Stance, code)


@register.filter
def status_label(code: str) -> str:
    return label_of(choices.AssertionStatus, code)


@register.filter
def mode_label(code: str) -> str:
    return label_of(choices.AttributionMode, code)


@register.filter
def ground_label(code: str) -> str:
    return label_of(choices.Ground, code)


@register.filter
def extent_label(code: str) -> str:
    return label_of(choices.Extent, code)


@register.filter
def relation_label(code: str) -> str:
    return label_of(choices.RelationKind, code)


@register.filter
def dispute_kind_label(code: str) -> str:
    return label_of(choices.DisputeKind, code)


@register.filter
def dispute_state_label(code: str) -> str:
    return label_of(choices.DisputeState, code)


@register.filter
def outcome_label(code: str) -> str:
    return label_of(choices.DisputeOutcome, code)


@register.filter
def action_label(code: str) -> str:
    return label_of(choices.ReviewAction, code)


@register.filter
def party_kind_label(code: str) -> str:
    return label_of(choices.PartyKind, code)


@register.filter
def takedown_sentence(takedown: dict[str, Any]) -> str:
    return choices.takedown_words(takedown)


@register.filter
def said_by_label(who: SaidBy) -> str:
    """Whom a statement is laid to, the article in the reader's language."""
    return str(_("The article itself")) if who.role == "article" else who.name


@register.simple_tag
def who_said(document: ClaimDocument, figure: FigureEntry) -> str:
    """The same, of one of the document's figures."""
    return said_by_label(said_by(document, figure))


@register.filter
def answer_words(document: ClaimDocument) -> str:
    """The answer of a claim in a few words: decisions, then figures."""
    return headline.answer_words(document)


@register.filter
def edtf_words(text: str) -> str:
    """A date in words; a text that is no date stays as it is."""
    try:
        return date_words(text)
    except EdtfError:
        return text


@register.filter
def excerpt_of(value: object) -> str:
    """A member of a document as one short text."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else _telling(value)
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}\u2026"


def _telling(value: object) -> str:
    """The member that names an object; any other value as JSON."""
    if isinstance(value, dict):
        for name in ("title", "question", "name", "words", "reason"):
            if value.get(name):
                return str(value[name])
    return dump_document({"": value})[4:-1]
