"""Working rows with history are the desk; versions are the newspaper."""

from claims.models.anchor import Anchor
from claims.models.api_key import ApiKey
from claims.models.article import Article, ArticleRevision
from claims.models.assertion import Assertion, AssertionParty
from claims.models.attribution import Attribution
from claims.models.claim import Claim, ClaimRelation
from claims.models.dispute import Dispute, DisputeAssertion
from claims.models.importing import ImportedPage, ImportRun
from claims.models.measure import Measure
from claims.models.party import Party, PartyName
from claims.models.publication import (
    ClaimVersion,
    PublicationHead,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
)
from claims.models.review import Comment, ReviewEvent
from claims.models.source import Source, SourceTitle
from claims.models.subject import Subject, SubjectBelligerent, SubjectTitle

__all__ = [
    "Anchor",
    "ApiKey",
    "Article",
    "ArticleRevision",
    "Assertion",
    "AssertionParty",
    "Attribution",
    "Claim",
    "ClaimRelation",
    "ClaimVersion",
    "Comment",
    "Dispute",
    "DisputeAssertion",
    "ImportRun",
    "ImportedPage",
    "Measure",
    "Party",
    "PartyName",
    "PublicationHead",
    "PublishedAnchor",
    "PublishedDispute",
    "PublishedFigure",
    "PublishedSource",
    "PublishedSubject",
    "ReviewEvent",
    "Source",
    "SourceTitle",
    "Subject",
    "SubjectBelligerent",
    "SubjectTitle",
]
