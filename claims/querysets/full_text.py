"""Full text of public rows: FTS5 of SQLite, tsvector of PostgreSQL, behind one queryset."""

# Both index the columns title_words and text_words of a table, which hold words that are compared
# already: neither folds, stems or knows a language, and both find the same. The indexes are the
# database's own (triggers, a generated column) and are made after each migration.

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import connections, models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from claims.models import Spelling

type Phrase = Sequence[str]

CAP: Final = 2_000  # newest hits that are ranked, so that a common word costs no more than a rare
_TITLE_WEIGHT: Final = 8.0  # of a hit in the title by one in the text
_POSTGRESQL: Final = "postgresql"


class FindableQuerySet(models.QuerySet[Any]):
    """Rows that are found by their words."""

    def holding(self, phrases: Iterable[Phrase]) -> FindableQuerySet:
        """Rows with every phrase, a phrase being words that stand one after the other."""
        asked = list(phrases)
        if not asked or not all(asked):
            return self.none()
        table = self.model._meta.db_table
        if connections[self.db].vendor == _POSTGRESQL:
            return self.filter(
                RawSQL(  # noqa: S611 - the name of a table of ours
                    f"{table}.words @@ to_tsquery('simple', %s)",
                    [_tsquery(asked)],
                    output_field=models.BooleanField(),
                )
            )
        return self.filter(
            pk__in=RawSQL(  # noqa: S611 - the name of a table of ours
                f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s",  # noqa: S608
                [_match(asked)],
            )
        )

    def newest_holding(self, phrases: Iterable[Phrase]) -> FindableQuerySet:
        """The newest CAP rows with every phrase, as ``ranked`` has them, in no order."""
        asked = list(phrases)
        if not asked or not all(asked):
            return self.none()
        table = self.model._meta.db_table
        if connections[self.db].vendor == _POSTGRESQL:
            statement, query = _NEWEST_BY_TSVECTOR, _tsquery(asked)
        else:
            statement, query = _NEWEST_BY_FTS5, _match(asked)
        found = RawSQL(statement.format(table=table), [query, CAP])  # noqa: S611 - our table
        return self.filter(pk__in=found)

    def ranked(self, phrases: Iterable[Phrase]) -> list[int]:
        """The keys of the newest CAP rows with every phrase, best first.

        Best by bm25 (SQLite) or cover density (PostgreSQL), a title counting eight times; newer
        rows, which have higher keys, come first among equals. One query.
        """
        asked = list(phrases)
        if not asked or not all(asked):
            return []
        values: list[str | int]
        table = self.model._meta.db_table
        connection = connections[self.db]
        if connection.vendor == _POSTGRESQL:
            statement = _RANKED_BY_DENSITY.format(table=table)
            values = [_tsquery(asked), CAP]
        else:
            statement = _RANKED_BY_BM25.format(table=table)
            values = [_match(asked), CAP]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]


class SpellingQuerySet(models.QuerySet["Spelling"]):
    def near(self, forms: Iterable[str]) -> list[str]:
        """The words that have one of these forms, each once, at most a hundred."""
        rows = self.filter(form__in=list(forms)).order_by("word")
        return list(rows.values_list("word", flat=True).distinct()[:100])


# The names of the tables are the models' own; weights are A = 1 and D = 1/8.
_RANKED_BY_DENSITY: Final = """
SELECT found.key FROM (
    SELECT id AS key, words, asked
    FROM {table}, to_tsquery('simple', %s) AS asked
    WHERE words @@ asked ORDER BY id DESC LIMIT %s
) AS found
ORDER BY ts_rank_cd('{{0.125, 0.125, 0.125, 1}}', found.words, found.asked) DESC, found.key DESC
"""
_NEWEST_BY_TSVECTOR: Final = (
    "SELECT id FROM {table} WHERE words @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s"
)
_NEWEST_BY_FTS5: Final = (
    "SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s ORDER BY rowid DESC LIMIT %s"
)
_RANKED_BY_BM25: Final = f"""
SELECT key FROM (
    SELECT rowid AS key, bm25({{table}}_words, {_TITLE_WEIGHT}, 1.0) AS rank
    FROM {{table}}_words WHERE {{table}}_words MATCH %s ORDER BY rowid DESC LIMIT %s
) ORDER BY rank, key DESC
"""  # noqa: S608


def _tsquery(phrases: Iterable[Phrase]) -> str:
    """Words hold letters and digits alone, so that nothing in them is an operator."""
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in one) + ")" for one in phrases)


def _match(phrases: Iterable[Phrase]) -> str:
    return " ".join('"' + " ".join(one) + '"' for one in phrases)


def prepare_full_text(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Make the index of each table that lacks it; return the tables that got one.

    Remaking a table, as migrations do on SQLite, loses its triggers: their index is filled
    again. Tables that are not there, or have no words yet, are left out.
    """
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        columns = {
            table: {
                one.name for one in connection.introspection.get_table_description(cursor, table)
            }
            for table in sorted(there.intersection(tables))
        }
    ready = [table for table, names in columns.items() if "title_words" in names]
    prepare = _prepare_tsvector if connection.vendor == _POSTGRESQL else _prepare_fts5
    return [table for table in ready if prepare(connection, table, columns[table])]


def remove_full_text(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Remove the index of each table; the words stay."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == _POSTGRESQL:
                cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS words")
                continue
            for name in _triggers(table):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{name}")
            cursor.execute(f"DROP TABLE IF EXISTS {table}_words")


def refill_full_text(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Fill each index again from the words of its table.

    On SQLite alone: PostgreSQL works the column out of the words, and it cannot differ.
    """
    if connection.vendor == _POSTGRESQL:
        return
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")  # noqa: S608


def _prepare_tsvector(connection: BaseDatabaseWrapper, table: str, columns: set[str]) -> bool:
    if "words" in columns:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ("
            "setweight(to_tsvector('simple', title_words), 'A') || "
            "setweight(to_tsvector('simple', text_words), 'D')) STORED"
        )
        cursor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words)")
    return True


def _prepare_fts5(connection: BaseDatabaseWrapper, table: str, columns: set[str]) -> bool:
    """An index over the table's own words (external content), kept by triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s "
            "AND name LIKE %s",
            [table, f"{table}_words_%"],
        )
        if cursor.fetchone()[0] == len(_triggers(table)):
            return False
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_words USING fts5("
            f"title_words, text_words, content='{table}', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 0')"
        )
        for statement in _triggers(table).values():
            cursor.execute(statement)
        cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")  # noqa: S608
    return True


def _triggers(table: str) -> dict[str, str]:
    """The statements that make the triggers of a table, by the last word of the trigger's name."""
    columns = "title_words, text_words"
    taken = (
        f"INSERT INTO {table}_words({table}_words, rowid, {columns}) "  # noqa: S608
        f"VALUES ('delete', old.id, old.title_words, old.text_words);"
    )
    put = (
        f"INSERT INTO {table}_words(rowid, {columns}) "  # noqa: S608
        f"VALUES (new.id, new.title_words, new.text_words);"
    )
    events = {"added": ("INSERT", put), "taken": ("DELETE", taken),
              "changed": (f"UPDATE OF id, {columns}", taken + put)}  # fmt: skip
    return {
        name: f"CREATE TRIGGER IF NOT EXISTS {table}_words_{name} AFTER {event} ON {table} "
        f"BEGIN {body} END"
        for name, (event, body) in events.items()
    }
