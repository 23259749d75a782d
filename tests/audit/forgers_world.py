"""What the forger finds: one of everything, sealed by nobody yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User

from claims.importers.uploads import note_upload
from claims.models import Article, Assertion, Claim, ClaimVersion, Dispute, Source
from claims.workflow.articles import edit_article
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.world import build_world


@dataclass(slots=True)
class World:
    """What the forger finds: one of everything."""

    claim: Claim
    draft: Claim
    source: Source
    article: Article

    @property
    def version(self) -> ClaimVersion:
        return ClaimVersion.objects.current().get(claim=self.claim)

    @property
    def newest(self) -> ClaimVersion:
        return ClaimVersion.objects.order_by("-sequence")[0]

    @property
    def figure(self) -> Assertion:
        return self.claim.assertions.order_by("pk")[0]

    @property
    def dispute(self) -> Dispute:
        return self.claim.disputes.get()

    @property
    def other(self) -> User:
        return User.objects.get(username="chief")


def build() -> World:
    """The world, with the rows of others: an import, a key, an entry of the admin's log."""
    claim = build_world()
    source = claim.assertions.order_by("pk")[0].source
    edit_source(source=source, by=make.editor(), reason="A typo.", title="New title")
    article = Article.objects.get()
    edit_article(article=article, by=make.editor(), reason="A typo.", title="New heading")
    draft = make.claim(measure=make.measure(slug="killed"))
    roles = ("speaker", "relayer", "publisher")
    chain = [{"party": make.party(), "role": role, "mode": "said"} for role in roles]
    make.figure(draft, 12, attributions=chain)
    note_upload("A text.", by=make.contributor(), file_name="a.txt", title="A")
    make.api_key(make.editor())
    LogEntry.objects.log_actions(make.editor().pk, [make.editor()], ADDITION, "Added.")
    return World(
        Claim.objects.get(pk=claim.pk),
        Claim.objects.get(pk=draft.pk),
        Source.objects.get(pk=source.pk),
        Article.objects.get(),
    )
