"""Working rows with history are the desk; versions are the newspaper."""

from claims.models.anchor import Anchor
from claims.models.api_key import ApiKey
from claims.models.article import Article, ArticleRevision, PublishedArticle
from claims.models.assertion import Assertion, AssertionParty
from claims.models.attribution import Attribution
from claims.models.claim import Claim, ClaimRelation
from claims.models.correction import BorrowedRow, Correction
from claims.models.dispute import Dispute, DisputeAssertion
from claims.models.findable import ArticlePassage, PublishedClaim, Spelling
from claims.models.importing import ImportedPage, ImportedStatement, ImportedTable, ImportRun
from claims.models.log import Act, ActRow, Checkpoint, LogTile
from claims.models.measure import Measure
from claims.models.merge import Merge
from claims.models.notification import MailChoice, Notification, Watch
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
from claims.models.queue_entry import QueueEntry
from claims.models.queue_view import QueueView
from claims.models.review import Comment, ReviewEvent
from claims.models.sameness import SamenessQuestion
from claims.models.source import Source, SourceTitle
from claims.models.source_relation import SourceRelation
from claims.models.subject import Subject, SubjectBelligerent, SubjectTitle
from claims.models.version_key import SearchFacets, VersionKey

__all__ = [
    "Act",
    "ActRow",
    "Anchor",
    "ApiKey",
    "Article",
    "ArticlePassage",
    "ArticleRevision",
    "Assertion",
    "AssertionParty",
    "Attribution",
    "BorrowedRow",
    "Checkpoint",
    "Claim",
    "ClaimRelation",
    "ClaimVersion",
    "Comment",
    "Correction",
    "Dispute",
    "DisputeAssertion",
    "ImportRun",
    "ImportedPage",
    "ImportedStatement",
    "ImportedTable",
    "LogTile",
    "MailChoice",
    "Measure",
    "Merge",
    "Notification",
    "Party",
    "PartyName",
    "PublicationHead",
    "PublishedAnchor",
    "PublishedArticle",
    "PublishedClaim",
    "PublishedDispute",
    "PublishedFigure",
    "PublishedSource",
    "PublishedSubject",
    "QueueEntry",
    "QueueView",
    "ReviewEvent",
    "SamenessQuestion",
    "SearchFacets",
    "Source",
    "SourceRelation",
    "SourceTitle",
    "Spelling",
    "Subject",
    "SubjectBelligerent",
    "SubjectTitle",
    "VersionKey",
    "Watch",
]
