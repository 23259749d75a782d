"""The schema of documents, drawn from the types that they have in the code."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeAliasType, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from django.db.models import TextChoices
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent, resolve_type_hint

from claims import choices
from claims.api import answers
from claims.domain import differences, published, published_figures, published_records
from claims.domain.document_format import added_members

type Schema = dict[str, Any]

# What the schema calls documents and their parts: clients are written against these names.
NAMES: Final[dict[type, str]] = {
    published.ClaimDocument: "Claim",
    published.Tombstone: "Tombstone",
    published.SubjectEntry: "Subject",
    published.CountryEntry: "Country",
    published.MeasureEntry: "Measure",
    published.RangeEntry: "Range",
    published.BestEntry: "Best",
    published.AgreementEntry: "Agreement",
    published.ExcludedEntry: "Excluded",
    published.OriginEntry: "Origin",
    published.SourceRelationEntry: "SourceRelation",
    published.SignEntry: "Sign",
    published.RelationEntry: "Relation",
    published.ArithmeticEntry: "Arithmetic",
    published.DisputeEntry: "CaseEntry",
    published_figures.FigureEntry: "Statement",
    published_figures.SourceEntry: "CitedSource",
    published_figures.AttributionEntry: "Attribution",
    published_figures.AnchorEntry: "Anchor",
    published_records.DisputeDocument: "Dispute",
    published_records.SourceDocument: "Source",
    published_records.TidyRow: "Figure",
    differences.Difference: "ChangedMember",
    answers.DifferenceDocument: "Difference",
    answers.VersionEntry: "Version",
}
# Kinds of text: what a plain ``str`` in the code does not tell.
FORMS: Final[dict[TypeAliasType, Schema]] = {
    published.Moment: {"type": "string", "format": "date-time"},
    published.StatedEnd: {"type": ["number", "string"]},
    published_figures.JsonNumber: {"type": "number"},
}
VOCABULARIES: Final[dict[TypeAliasType, tuple[str, type[TextChoices]]]] = {
    published.ContentionWord: ("ContentionEnum", choices.Contention),
    published.SeverityWord: ("SeverityEnum", choices.Severity),
    published.AggregationWord: ("AggregationEnum", choices.Aggregation),
    published.CaseKindWord: ("KindEnum", choices.DisputeKind),
    published.CaseStateWord: ("StateEnum", choices.DisputeState),
    published.CauseWord: ("CauseEnum", choices.TakedownCause),
    published_figures.StanceWord: ("StanceEnum", choices.Stance),
    published_figures.StatusWord: ("StatusEnum", choices.AssertionStatus),
    answers.OpWord: ("OpEnum", choices.VersionOp),
}
MAY_BE_EMPTY: Final = frozenset({published.SeverityWord})


def component_of(registry: ComponentRegistry, shape: type) -> Schema:
    """Return a reference to the component of a TypedDict, made with all that it holds."""
    name = NAMES.get(shape, shape.__name__)
    component = ResolvedComponent(name, ResolvedComponent.SCHEMA, object=shape)
    if component not in registry:
        registry.register(component)
        component.schema = _object(registry, shape)
    return component.ref


def members_of(shape: type) -> tuple[str, ...]:
    """Return the names of the members of a TypedDict."""
    return tuple(shape.__annotations__)


def _object(registry: ComponentRegistry, shape: type) -> Schema:
    """Return the schema of a TypedDict; members that older documents lack are not required."""
    hints = hints_of(shape)
    added = added_members(shape)
    required: frozenset[str] = getattr(shape, "__required_keys__", frozenset())
    members = {name: _schema(registry, hint) for name, hint in hints.items()}
    for name, one in added.items():
        members[name] = _with_note(members[name], f"Since format {one.format}.")
    said = {"description": inspect.cleandoc(shape.__doc__)} if shape.__doc__ else {}
    return {
        "type": "object",
        **said,
        "properties": members,
        "required": sorted(required - added.keys()),
    }


def _with_note(schema: Schema, note: str) -> Schema:
    if "$ref" in schema:
        return {"allOf": [schema], "description": note}
    return {**schema, "description": note}


def _schema(registry: ComponentRegistry, hint: Any) -> Schema:
    """Return the schema of one member's type."""
    if isinstance(hint, TypeAliasType):
        return _named(registry, hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is list:
        return {"type": "array", "items": _schema(registry, inner[0])}
    if origin is Literal:
        words = {"enum": list(inner)} if len(inner) > 1 else {"const": inner[0]}
        return {"type": "string", **words}
    if origin in (Union, UnionType):
        return _nullable(registry, [one for one in inner if one is not NoneType])
    if isinstance(hint, type) and issubclass(hint, dict) and hint.__annotations__:
        return component_of(registry, hint)
    if hint is Any:
        return {}
    schema: Schema = resolve_type_hint(hint)
    return schema


def _named(registry: ComponentRegistry, alias: TypeAliasType) -> Schema:
    if alias in FORMS:
        return dict(FORMS[alias])
    if alias not in VOCABULARIES:
        return _schema(registry, alias.__value__)
    name, vocabulary = VOCABULARIES[alias]
    word = _enumeration(registry, name, vocabulary)
    if alias not in MAY_BE_EMPTY:
        return word
    empty = ResolvedComponent("BlankEnum", ResolvedComponent.SCHEMA, {"enum": [""]}, "BlankEnum")
    registry.register_on_missing(empty)
    return {"oneOf": [word, empty.ref]}


def _enumeration(registry: ComponentRegistry, name: str, words: type[TextChoices]) -> Schema:
    meanings = "\n".join(f"* `{value}` - {label}" for value, label in words.choices)
    schema = {"type": "string", "enum": list(words.values), "description": meanings}
    component = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, words)
    registry.register_on_missing(component)
    return component.ref


def _nullable(registry: ComponentRegistry, hints: list[Any]) -> Schema:
    """Return the schema of one type or null."""
    (hint,) = hints
    schema = _schema(registry, hint)
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"]}
