"""Where the command that imports articles reads from, and by what title."""

from __future__ import annotations

import os
import threading
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from claims.management.commands import import_article
from claims.models import Article
from tests.importers.test_articles import FLOOD
from tests.management.test_import_article import run

pytestmark = pytest.mark.django_db


def test_import_article_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(FLOOD.encode())))

    out, err, code = run("-")

    assert (err, code) == ("", 0)
    assert "Flood of Arden (1987), revision 1" in out


def test_import_article_asks_for_the_title_of_a_stream_without_one(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"Ten people died.")))

    out, err, code = run("-")

    assert (out, code) == ("", 1)
    assert err.strip() == "-: The text does not name itself: give its --title."
    assert not Article.objects.exists()


def test_import_article_refuses_a_stream_over_the_limit(monkeypatch, settings):
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "article_bytes": 5}
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"Ten people died.")))

    _, err, code = run("-", "--title", "Flood")

    assert (code, "the limit is 5" in err) == (1, True)


def test_import_article_uses_the_title_that_is_given(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Ten people were killed in Arden on 4 May 1987.")

    run(path, "--title", "Flood of Arden")

    assert Article.objects.get().title == "Flood of Arden"


def test_import_article_tells_how_far_it_is_with_a_long_text(tmp_path, monkeypatch):
    monkeypatch.setattr(import_article, "LONG", 50)
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD)

    _, err, code = run(path)

    assert code == 0
    assert f"{path}: reading {len(FLOOD):,} characters ..." in err
    assert "storing what" in err


def test_a_title_for_several_files_is_refused_before_any_is_read(flood):
    out, err, code = run(flood, flood, "--title", "Flood")

    assert (out, code) == ("", 2)
    assert err.strip() == "--title is for one PATH, and 2 are given."
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("title", "words"),
    [("x" * 301, "301 characters"), ("a\x01b", "U+0001"), ("a\udcff", "not UTF-8")],
    ids=["long", "control", "not UTF-8"],
)
def test_a_title_that_cannot_be_kept_is_refused_in_one_line(flood, title, words):
    out, err, code = run(flood, "--title", title)

    assert (out, code, err.count("\n")) == ("", 1, 1)
    assert "--title: " in err
    assert words in err
    err.encode()


def test_a_path_that_is_not_utf8_gets_one_line(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(name).write_text(FLOOD)

    out, err, code = run(name)

    assert (out, code, err.count("\n")) == ("", 1, 1)
    assert "The path is not UTF-8" in err
    err.encode()


def test_a_file_may_be_named_with_a_dash(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    Path("-").write_text(FLOOD)

    assert run("./-")[1:] == ("", 0)
    assert run("-")[1:] == ("-: Standard input is closed.\n", 1)


def test_a_pipe_is_read_as_a_stream(tmp_path):
    path = tmp_path / "flood"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(FLOOD,), daemon=True)
    writer.start()

    assert run(path)[1:] == ("", 0)
    assert Article.objects.get().title == "Flood of Arden (1987)"
