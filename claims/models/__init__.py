"""Working rows with history are the desk; versions are the newspaper."""

from claims.models.anchor import Anchor
from claims.models.article import Article, ArticleRevision, PublishedArticle
from claims.models.assertion import Assertion, AssertionParty
from claims.models.attribution import Attribution
from claims.models.claim import Claim, ClaimRelation
from claims.models.correction import BorrowedRow, Correction
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
from claims.models.source import Source
from claims.models.subject import Subject, SubjectBelligerent

__all__ = [
    "Anchor",
    "Article",
    "ArticleRevision",
    "Assertion",
    "AssertionParty",
    "Attribution",
    "BorrowedRow",
    "Claim",
    "ClaimRelation",
    "ClaimVersion",
    "Comment",
    "Correction",
    "Dispute",
    "DisputeAssertion",
    "ImportRun",
    "ImportedPage",
    "Measure",
    "Party",
    "PartyName",
    "PublicationHead",
    "PublishedAnchor",
    "PublishedArticle",
    "PublishedDispute",
    "PublishedFigure",
    "PublishedSource",
    "PublishedSubject",
    "ReviewEvent",
    "Source",
    "Subject",
    "SubjectBelligerent",
]
