"""What people write and import in a random life: texts, tables, uploads."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.choices import PageOutcome
from claims.importers.articles import import_text
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import Article, ArticleRevision, ImportedPage
from claims.workflow.anchors import follow_anchors
from claims.workflow.articles import add_article, edit_article
from claims.workflow.evidence import add_assertion, change_assertion
from claims.workflow.text_edits import change_text
from claims.workflow.texts import approve_revision, text_witness
from tests.workflow.life import World, people, picked, points, which, witnesses
from tests.workflow.life_claims import reviewers, witness

TITLES = ("Raid on Arden", "The flood")
HELD = "The mayor, Jane Holt, said that about {} people had been killed in Arden."
numbers = st.sampled_from((60, 97, 1200))
fates = st.sampled_from(("kept", "moved", "changed", "dropped"))


class LifeOfArticles(World):
    """Rules for article texts and for all that reads them."""

    def text(self, title: str, number: int, fate: str) -> str:
        """A text with a word of its own around the sentence that figures are anchored in."""
        word, sentence = self.word(), HELD.format(number)
        sentence = {
            "kept": sentence,
            "moved": f"Arden is {word}. {sentence}",
            "changed": sentence.replace("about", "roughly"),
            "dropped": "Nobody knows more.",
        }[fate]
        head = f"= {title} (1987) =\n\nOn 4 May 1987, rebels raided Arden. {word} began."
        return f"{head} {sentence} {word} ended.\n"

    @rule(by=people, title=st.sampled_from(TITLES), number=numbers, fate=fates)
    def write(self, by, title, number, fate) -> None:
        text = self.text(title, number, fate)
        self.attempt(add_article, by, title=f"{title} (1987)", text=text, licence="CC0-1.0")

    @rule(by=people, number=which)
    def write_again(self, by, number) -> None:
        if (old := picked(ArticleRevision, number)) is not None:
            self.attempt(
                add_article, by, title=old.article.title, slug=old.article.slug, text=old.text
            )

    @rule(by=people, number=which, figure=numbers, fate=fates, back=st.booleans())
    def edit_text(self, by, number, figure, fate, back) -> None:
        """Change a text, which may not be the newest, or go back to its words."""
        if (base := picked(ArticleRevision, number)) is not None:
            text = base.text if back else self.text("Raid on Arden", figure, fate)
            newest = base.article.revisions.newest_first()[0]
            self.attempt(change_text, by, base=newest if back else base, text=text)

    @rule(by=people, number=which, field=st.sampled_from(("title", "licence", "language", "url")))
    def correct_article(self, by, number, field) -> None:
        if (row := picked(Article, number)) is not None:
            name = "origin_url" if field == "url" else field
            values = {"title": self.word(), "language": "de", "licence": self.word()}
            values["origin_url"] = f"https://e.org/{self.word()}"
            self.attempt(edit_article, by, article=row, **{name: values[name]})

    @rule(by=reviewers, number=which, seen=witnesses)
    def approve_text(self, by, number, seen) -> None:
        rows = ArticleRevision.objects.waiting().order_by("pk") or ArticleRevision.objects.all()
        if rows:
            row = rows[number % len(rows)]
            fields = {"witness": witness(seen, text_witness(row))}
            self.attempt(approve_revision, by, revision=row, **fields)

    @rule(by=people, number=which)
    def follow(self, by, number) -> None:
        if (row := picked(ArticleRevision, number)) is not None:
            self.attempt(follow_anchors, by, revision=row)

    @rule(by=people, number=which, revision=which, point=points, is_new=st.booleans())
    def anchor(self, by, number, revision, point, is_new) -> None:
        """Say where a text states a figure."""
        text = picked(ArticleRevision, revision)
        if text is None or (start := text.text.find("people had been killed")) < 0:
            return
        claim, place = self.claim(number), {"revision": text, "start": start, "end": start + 6}
        if is_new or (row := self.figure(number)) is None:
            answer = self.answer(claim, point, "1987", number)
            self.attempt(add_assertion, by, claim=claim, anchors=[place], **answer)
        else:
            self.attempt(change_assertion, by, assertion=row, anchors=[place])

    @rule(by=people, title=st.sampled_from(TITLES), number=numbers, fate=fates)
    def take_in(self, by, title, number, fate) -> None:
        if ArticleRevision.objects.count() < 8:
            self.attempt(import_text, by, text=self.text(title, number, fate))

    @rule(by=people, number=numbers, fate=fates)
    def upload(self, by, number, fate) -> None:
        text = self.text(TITLES[0], number, fate)
        self.attempt(note_upload, by, text=text, file_name="a.txt", title="A raid")

    @rule()
    def take_in_uploads(self) -> None:
        for page in ImportedPage.objects.filter(outcome=PageOutcome.WAITING):
            import_waiting(page)
