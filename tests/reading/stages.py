"""What each stage of reading hands on for one article, as docs/reading-architecture.md shows it."""

# Run as `python -m tests.reading.stages` and put what it prints into that page.

from __future__ import annotations

import sys
from collections.abc import Iterator

from claims.reading.article import VOCABULARY, read_article
from claims.reading.asking.statements import statements_of
from claims.reading.asking.wording import question_of
from claims.reading.conflicts.numeric_conflicts import numeric_conflicts
from claims.reading.counts.figures import find_figures
from claims.reading.dates.date_mentions import find_dates
from claims.reading.languages.language import language_for
from claims.reading.questions.evidence import FigureEvidence
from claims.reading.questions.questions import Questions
from claims.reading.text.landmarks import Landmarks
from claims.reading.text.layout import take_apart
from claims.reading.text.sentences import Sentences
from claims.reading.voices.attribution import Statements
from claims.reading.voices.brackets import bracket_statements
from claims.reading.works.citations import Citations

TITLE = "Battle of Ardenholm"
SENTENCE = (
    "On 24 January 2012 the army said that 97 soldiers had been killed in "
    "[[Ardenholm]],<ref>Herald, 2012</ref> but the rebels put the toll at about 60."
)


def stages() -> Iterator[str]:
    """Yield a line for each thing that a stage hands on, behind the name of the stage."""
    text = f"'''{TITLE}'''\n\n{SENTENCE}\n"
    layout = take_apart(text, "auto")
    plain = layout.plain.text
    yield f"languages   {language_for(plain).name}"
    landmarks = Landmarks(plain, VOCABULARY)
    sentences = Sentences(plain, layout.blocks, landmarks)
    last = sentences.all[-1]
    written = plain[last.start : last.end]
    yield f"text        {layout.format}, {len(layout.blocks)} blocks; {written}"
    dates = find_dates(layout)
    for date in dates:
        yield f"dates       {plain[date.start : date.end]} = {date.edtf}"
    dated = [(date.start, date.end) for date in dates]
    figures, _ = find_figures(layout, dated, landmarks, len(plain))
    for one in figures:
        about = ", about" if one.figure.approximate else ""
        yield f"counts      {plain[one.start : one.end]} = {one.figure.point}{about}"
    statements = Statements(layout, sentences, bracket_statements(layout))
    for said in statements.all:
        cue = plain[said.cue_start : said.cue_end].strip()
        yield f"voices      {said.source}: {said.role} ({cue})"
    citations = Citations(layout, sentences)
    for one in figures:
        cited = ", ".join(citations.behind(one.end)) or "nothing"
        yield f"works       behind {one.figure.point}: {cited}"
    questions = Questions(layout, sentences, dates)
    evidence = []
    for index, one in enumerate(figures):
        sources = statements.nearest(one.number_start)
        asked = questions.of(one, sources[0] if sources else None)
        words = plain[one.start : one.end]
        block = layout.blocks[asked.block]
        evidence.append(FigureEvidence(index, one, asked, block, tuple(sources), words))
        where = f"{asked.event} {asked.unit}, {asked.date_edtf}, {asked.place or 'no place'}"
        yield f"questions   {one.figure.point}: {where}"
    for kind, members, why in numeric_conflicts(evidence, sentences, plain):
        against = " against ".join(member.words for member in members)
        yield f"conflicts   {kind}: {against} ({why})"
    reading = read_article(text)
    for statement in statements_of(reading)[0]:
        speaker = statement.attribution.name if statement.attribution else "nobody"
        yield f"asking      {question_of(statement.scope, TITLE)} {statement.quote}, says {speaker}"


def main() -> None:
    """Print the lines."""
    sys.stdout.write("\n".join(stages()) + "\n")


if __name__ == "__main__":
    main()
