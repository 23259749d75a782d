"""What sources, statements and questions are made of."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeyScope(TextChoices):
    """What an API key may do; whatever writes needs the second."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


class PartyKind(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    ARMED_GROUP = "armed_group", _("armed group")
    GOVERNMENT = "government", _("government")
    OUTLET = "outlet", _("media outlet")
    UNNAMED = "unnamed", _("unnamed speaker")


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


class ValueKind(TextChoices):
    QUANTITY = "quantity", _("quantity")
    DATE = "date", _("date")
    PARTY = "party", _("party")
    BOOLEAN = "boolean", _("yes or no")
    TEXT = "text", _("text")


class Aggregation(TextChoices):
    EVENT = "event", _("of one event")
    STOCK = "stock", _("at one time")
    CUMULATIVE = "cumulative", _("up to a time")
    RATE = "rate", _("rate")
    FORECAST = "forecast", _("forecast")


class Cardinality(TextChoices):
    SINGLE = "single", _("one answer")
    MULTI = "multi", _("several answers")


class BestPolicy(TextChoices):
    NONE = "none", _("name no best figure")
    MAJORITY = "majority", _("what most origins say")
    MOST_RELIABLE = "most_reliable", _("what the most reliable source says")
    LOWEST = "lowest", _("the lowest stated figure")


class Stance(TextChoices):
    ASSERTS = "asserts", _("asserts")
    DENIES = "denies", _("denies")
    DOUBTS = "doubts", _("doubts")
    RETRACTS = "retracts", _("retracts")


class Extent(TextChoices):
    WHOLE = "whole", _("the whole")
    PART = "part", _("a part")


class Ground(TextChoices):
    """Why a statement is denied or doubted."""

    FABRICATED = "fabricated", _("fabricated")
    UNVERIFIED = "unverified", _("unverified")
    EXAGGERATED = "exaggerated", _("exaggerated")
    UNDERSTATED = "understated", _("understated")
    MISATTRIBUTED = "misattributed", _("wrongly attributed")
    OTHER = "other", _("other")


class ValueState(TextChoices):
    VALUE = "value", _("a value")
    UNKNOWN = "unknown", _("unknown")
    NONE = "none", _("none given")


class PartyMode(TextChoices):
    JOINT = "joint", _("together")
    EITHER = "either", _("one of them")
    UNSPECIFIED = "unspecified", _("not said how")


class AssertionStatus(TextChoices):
    LIVE = "live", _("live")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REJECTED = "rejected", _("rejected")


class AttributionRole(TextChoices):
    SPEAKER = "speaker", _("speaker")
    RELAYER = "relayer", _("relayer")
    PUBLISHER = "publisher", _("publisher")


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


class RelationKind(TextChoices):
    PART_OF_TOTAL = "part_of_total", _("part of a total")
    SAME_AS = "same_as", _("same as")
    SERIES_NEXT = "series_next", _("next in a series")


class SourceRelationKind(TextChoices):
    """How one source rests on another."""

    REPUBLISHES = "republishes", _("republishes")
    RELAYS = "relays", _("relays")
    CITES = "cites", _("cites")
    COMPILED_FROM = "compiled_from", _("is compiled from")


class RelationSignal(TextChoices):
    """What speaks for a relation between two sources."""

    RARE_VALUE = "rare_value", _("the same rare figure")
    SHARED_WORDS = "shared_words", _("the same words")
    ORDER = "order", _("the order of dates")
    OUTLET_NAMED = "outlet_named", _("the one names the other")
    CIRCLE = "circle", _("the words of the article that cites it")
    SEEN = "seen", _("seen by an editor")


class Contention(TextChoices):
    UNSOURCED = "unsourced", _("unsourced")
    DISPUTED = "disputed", _("disputed")
    RESOLVED = "resolved", _("resolved")
    UNKNOWN_ONLY = "unknown_only", _("unknown")
    CORROBORATED = "corroborated", _("corroborated")
    SINGLE_ORIGIN = "single_origin", _("single origin")


class Severity(TextChoices):
    MINOR = "minor", _("minor")
    MODERATE = "moderate", _("moderate")
    MAJOR = "major", _("major")


class ArticleFormat(TextChoices):
    PLAIN = "plain", _("plain text")
    WIKITEXT = "wikitext", _("wikitext")
