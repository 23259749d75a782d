"""What sources, statements and questions are made of."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.choices.labelling import labels
from claims.domain import vocabulary as words


class KeyScope(TextChoices):
    """What an API key may do; whatever writes needs the second."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


@labels(words.PartyKind)
class PartyKind(TextChoices):
    PERSON = words.PartyKind.PERSON, _("person")
    ORGANISATION = words.PartyKind.ORGANISATION, _("organisation")
    ARMED_GROUP = words.PartyKind.ARMED_GROUP, _("armed group")
    GOVERNMENT = words.PartyKind.GOVERNMENT, _("government")
    OUTLET = words.PartyKind.OUTLET, _("media outlet")
    UNNAMED = words.PartyKind.UNNAMED, _("unnamed speaker")


class CslType(TextChoices):
    """Types of the Citation Style Language, those that are cited as evidence."""

    ARTICLE_NEWSPAPER = "article-newspaper", _("newspaper article")
    ARTICLE_JOURNAL = "article-journal", _("journal article")
    ARTICLE_MAGAZINE = "article-magazine", _("magazine article")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter")
    DATASET = "dataset", _("dataset")
    DOCUMENT = "document", _("document")
    INTERVIEW = "interview", _("interview")
    PERSONAL_COMMUNICATION = "personal_communication", _("personal communication")
    POST = "post", _("post")
    REPORT = "report", _("report")
    SPEECH = "speech", _("speech")
    WEBPAGE = "webpage", _("web page")


class UrlStatus(TextChoices):
    LIVE = "live", _("live")
    DEAD = "dead", _("dead")
    UNKNOWN = "unknown", _("not checked")
    NONE = "none", _("named in the article, not located")


class Reliability(TextChoices):
    """The source scale of the Admiralty Code (NATO AJP-2.1)."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: cannot be judged")


class Credibility(TextChoices):
    """The information scale of the Admiralty Code (NATO AJP-2.1)."""

    CONFIRMED = "1", _("1: confirmed by other sources")
    PROBABLE = "2", _("2: probably true")
    POSSIBLE = "3", _("3: possibly true")
    DOUBTFUL = "4", _("4: doubtful")
    IMPROBABLE = "5", _("5: improbable")
    UNJUDGED = "6", _("6: truth cannot be judged")


class SubjectKind(TextChoices):
    CONFLICT = "conflict", _("conflict")
    EVENT = "event", _("event")
    PLACE = "place", _("place")
    GROUP = "group", _("group")
    OTHER = "other", _("other")


@labels(words.ValueKind)
class ValueKind(TextChoices):
    QUANTITY = words.ValueKind.QUANTITY, _("quantity")
    MONEY = words.ValueKind.MONEY, _("amount of money")
    DATE = words.ValueKind.DATE, _("date")
    PARTY = words.ValueKind.PARTY, _("party")
    BOOLEAN = words.ValueKind.BOOLEAN, _("yes or no")
    TEXT = words.ValueKind.TEXT, _("text")


@labels(words.Aggregation)
class Aggregation(TextChoices):
    EVENT = words.Aggregation.EVENT, _("of one event")
    STOCK = words.Aggregation.STOCK, _("at one time")
    CUMULATIVE = words.Aggregation.CUMULATIVE, _("up to a time")
    RATE = words.Aggregation.RATE, _("rate")
    FORECAST = words.Aggregation.FORECAST, _("forecast")


@labels(words.Cardinality)
class Cardinality(TextChoices):
    SINGLE = words.Cardinality.SINGLE, _("one answer")
    MULTI = words.Cardinality.MULTI, _("several answers")


@labels(words.BestPolicy)
class BestPolicy(TextChoices):
    NONE = words.BestPolicy.NONE, _("name no best figure")
    MAJORITY = words.BestPolicy.MAJORITY, _("what most origins say")
    MOST_RELIABLE = words.BestPolicy.MOST_RELIABLE, _("what the most reliable source says")
    LOWEST = words.BestPolicy.LOWEST, _("the lowest stated figure")


@labels(words.Stance)
class Stance(TextChoices):
    ASSERTS = words.Stance.ASSERTS, _("asserts")
    DENIES = words.Stance.DENIES, _("denies")
    DOUBTS = words.Stance.DOUBTS, _("doubts")
    RETRACTS = words.Stance.RETRACTS, _("retracts")


@labels(words.Extent)
class Extent(TextChoices):
    WHOLE = words.Extent.WHOLE, _("the whole")
    PART = words.Extent.PART, _("a part")


@labels(words.Ground)
class Ground(TextChoices):
    """Why a statement is denied or doubted."""

    FABRICATED = words.Ground.FABRICATED, _("fabricated")
    UNVERIFIED = words.Ground.UNVERIFIED, _("unverified")
    EXAGGERATED = words.Ground.EXAGGERATED, _("exaggerated")
    UNDERSTATED = words.Ground.UNDERSTATED, _("understated")
    MISATTRIBUTED = words.Ground.MISATTRIBUTED, _("wrongly attributed")
    OTHER = words.Ground.OTHER, _("other")


@labels(words.ValueState)
class ValueState(TextChoices):
    VALUE = words.ValueState.VALUE, _("a value")
    UNKNOWN = words.ValueState.UNKNOWN, _("unknown")
    NONE = words.ValueState.NONE, _("none given")


@labels(words.PartyMode)
class PartyMode(TextChoices):
    JOINT = words.PartyMode.JOINT, _("together")
    EITHER = words.PartyMode.EITHER, _("one of them")
    UNSPECIFIED = words.PartyMode.UNSPECIFIED, _("not said how")


@labels(words.AssertionStatus)
class AssertionStatus(TextChoices):
    LIVE = words.AssertionStatus.LIVE, _("live")
    SUPERSEDED = words.AssertionStatus.SUPERSEDED, _("superseded")
    WITHDRAWN = words.AssertionStatus.WITHDRAWN, _("withdrawn")
    REJECTED = words.AssertionStatus.REJECTED, _("rejected")


@labels(words.AttributionRole)
class AttributionRole(TextChoices):
    SPEAKER = words.AttributionRole.SPEAKER, _("speaker")
    RELAYER = words.AttributionRole.RELAYER, _("relayer")
    PUBLISHER = words.AttributionRole.PUBLISHER, _("publisher")


class AttributionMode(TextChoices):
    SAID = "said", _("said")
    REPORTED = "reported", _("reported")
    ESTIMATED = "estimated", _("estimated")
    CLAIMED = "claimed", _("claimed")
    ALLEGED = "alleged", _("alleged")
    WITNESSED = "witnessed", _("witnessed")
    OFFICIAL = "official", _("official")


class AnchorStatus(TextChoices):
    EXACT = "exact", _("exact")
    MOVED = "moved", _("moved")
    ORPHANED = "orphaned", _("orphaned")


@labels(words.RelationKind)
class RelationKind(TextChoices):
    PART_OF_TOTAL = words.RelationKind.PART_OF_TOTAL, _("part of a total")
    SAME_AS = words.RelationKind.SAME_AS, _("same as")
    SERIES_NEXT = words.RelationKind.SERIES_NEXT, _("next in a series")
    SPLIT_OFF = words.RelationKind.SPLIT_OFF, _("split off from")


@labels(words.SourceRelationKind)
class SourceRelationKind(TextChoices):
    """How one source rests on another."""

    REPUBLISHES = words.SourceRelationKind.REPUBLISHES, _("republishes")
    RELAYS = words.SourceRelationKind.RELAYS, _("relays")
    CITES = words.SourceRelationKind.CITES, _("cites")
    COMPILED_FROM = words.SourceRelationKind.COMPILED_FROM, _("is compiled from")


@labels(words.RelationSignal)
class RelationSignal(TextChoices):
    """What speaks for a relation between two sources."""

    RARE_VALUE = words.RelationSignal.RARE_VALUE, _("the same rare figure")
    SHARED_WORDS = words.RelationSignal.SHARED_WORDS, _("the same words")
    ORDER = words.RelationSignal.ORDER, _("the order of dates")
    OUTLET_NAMED = words.RelationSignal.OUTLET_NAMED, _("the one names the other")
    CIRCLE = words.RelationSignal.CIRCLE, _("the words of the article that cites it")
    SEEN = words.RelationSignal.SEEN, _("seen by an editor")


@labels(words.Contention)
class Contention(TextChoices):
    UNSOURCED = words.Contention.UNSOURCED, _("unsourced")
    DISPUTED = words.Contention.DISPUTED, _("disputed")
    RESOLVED = words.Contention.RESOLVED, _("resolved")
    UNKNOWN_ONLY = words.Contention.UNKNOWN_ONLY, _("unknown")
    CORROBORATED = words.Contention.CORROBORATED, _("corroborated")
    SINGLE_ORIGIN = words.Contention.SINGLE_ORIGIN, _("single origin")


@labels(words.Severity)
class Severity(TextChoices):
    MINOR = words.Severity.MINOR, _("minor")
    MODERATE = words.Severity.MODERATE, _("moderate")
    MAJOR = words.Severity.MAJOR, _("major")


class ArticleFormat(TextChoices):
    PLAIN = "plain", _("plain text")
    WIKITEXT = "wikitext", _("wikitext")
