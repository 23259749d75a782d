"""A table comes in on the desk: uploaded, tried out with a mapping, imported, undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.importers.figures import uploads
from claims.models import Assertion, Claim, ImportedTable, Source
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.importers.desk_content import content
from tests.importers.figures.tables import LEAST

pytestmark = pytest.mark.django_db
ADD = "/admin/claims/importedtable/add/"
LINES = [LEAST, LEAST.values(), (LEAST | {"point": "x"}).values()]
TIDY = "".join(f"{','.join(line)}\n" for line in LINES)
OTHER = (
    "battle_name,start_date,deaths_min,deaths_max,link\nArden,1863-04-30,8,12,https://a.example/1\n"
)
REASON = "The losses of the war."


def upload(client: Client, text: str = TIDY, name: str = "figures.csv") -> Any:
    return client.post(ADD, {"file": SimpleUploadedFile(name, text.encode())})


def page_of(table: ImportedTable, verb: str) -> str:
    return f"/admin/claims/importedtable/{table.pk}/{verb}/"


def read(client: Client, button: str, mapping: str = "", **more: str) -> Any:
    table = ImportedTable.objects.latest("pk")
    data = {button: "1", "mapping": mapping, "kind": "auto", "reason": REASON, **more}
    return client.post(page_of(table, "read"), data, follow=True)


def test_upload_waits_and_imports_nothing(contributor: Client) -> None:
    answer = upload(contributor)
    table = ImportedTable.objects.get()
    assert answer["Location"] == page_of(table, "change")
    assert (table.outcome, table.mapping) == ("waiting", "")
    assert "Try it out" in contributor.get(answer["Location"]).content.decode()
    assert not Claim.objects.exists()


def test_trial_shows_rows_and_faults_and_keeps_nothing(contributor: Client) -> None:
    upload(contributor)
    before = content()
    page = read(contributor, "check", reason="")
    assert content() == before
    trial = page.context["trial"]
    assert (trial.added, trial.rejected, trial.drafted) == (1, 1, 1)
    text = page.content.decode()
    assert "line 3: point “x” is no number" in text
    assert "How many were killed?" in text


def test_import_is_signed_and_listed(contributor: Client) -> None:
    upload(contributor)
    page = read(contributor, "import")
    claim, table = Claim.objects.get(), ImportedTable.objects.get()
    assert claim.history.latest().history_change_reason == REASON
    assert claim.history.latest().history_user.username == "contributor"
    assert (table.outcome, table.added, table.rejected, table.content) == ("imported", 1, 1, "")
    text = page.content.decode()
    assert "1 statement was added, 1 rows were rejected." in text
    assert f"{claim.ref} How many were killed?" in text
    assert "figures.csv" in contributor.get("/admin/claims/importedtable/").content.decode()


def test_import_needs_a_reason(contributor: Client) -> None:
    upload(contributor)
    page = read(contributor, "import", reason=" ")
    assert "reason" in page.context["reading"].errors
    assert not Claim.objects.exists()


@pytest.mark.parametrize("text", [OTHER, OTHER.replace("link", "remark")])
def test_suggested_mapping_lacks_the_title_alone(contributor: Client, text: str) -> None:
    """Where rows have addresses of their own, or the whole file is one work."""
    upload(contributor, text.replace("https://a.example/1", "none") if "remark" in text else text)
    mapping = ImportedTable.objects.get().mapping
    page = read(contributor, "check", mapping.replace('title = ""', 'title = "Losses"'))
    assert page.context["trial"].added == 1, page.content.decode()
    read(contributor, "import", mapping.replace('title = ""', 'title = "Losses"'))
    row = Assertion.objects.get()
    assert (row.low, row.high, row.claim.subject.when) == (8, 12, "1863-04-30")
    assert row.claim.question == "How many deaths at Arden?"


def test_mapping_is_remembered_by_the_columns(contributor: Client) -> None:
    upload(contributor, OTHER)
    mapping = ImportedTable.objects.get().mapping.replace('title = ""', 'title = "Losses"')
    read(contributor, "import", mapping)
    upload(contributor, OTHER.replace("Arden", "Corvin"))
    assert ImportedTable.objects.latest("pk").mapping == mapping


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("[columns", "this is no TOML"),
        ('[columns]\npoit = "a"', "columns: poit is unknown; is it point?"),
        ('[[join]]\nfile = "b.csv"\non = {a = "b"}', "an upload joins no other file"),
    ],
)
def test_fault_of_a_mapping_stands_at_its_field(
    contributor: Client, mapping: str, words: str
) -> None:
    upload(contributor, OTHER)
    page = read(contributor, "import", mapping)
    assert words in " ".join(page.context["reading"].errors["mapping"])
    assert ImportedTable.objects.get().outcome == "waiting"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no rows"),
        (b"a,b\n", "has no rows"),
        (b"a,b\n1,2,3\n", "line 2 has 3 cells"),
        (b"a,a\n1,2\n", "names the column a 2 times"),
        (b"\xff\xfea", "UTF-16"),
        (b"a,b\n\xe9,1\n", "not UTF-8"),
        (b"PK\x03\x04", "the file of a spreadsheet"),
        (b"a,b\n\x01,1\n", "U+0001"),
        (b"a\n" + b"1\n" * 501, "has 501 rows; the desk takes 500"),
    ],
)
def test_what_is_no_table_is_refused_at_the_file(
    contributor: Client, data: bytes, words: str
) -> None:
    answer = contributor.post(ADD, {"file": SimpleUploadedFile("a.csv", data or b"\n")})
    found = errors_of(answer)
    assert words in " ".join(word for words in found.values() for word in words)
    assert not ImportedTable.objects.exists()


def test_file_that_is_too_long_is_refused(contributor: Client, settings: Any) -> None:
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "request_bytes": 20}
    assert "20 are allowed" in " ".join(errors_of(upload(contributor))["file"])


def test_file_that_waits_already_is_refused(contributor: Client) -> None:
    upload(contributor)
    assert "waits on the desk" in " ".join(errors_of(upload(contributor))["file"])


def test_upload_can_be_dropped(contributor: Client) -> None:
    upload(contributor)
    table = ImportedTable.objects.get()
    contributor.post(page_of(table, "drop"), {"reason": "The wrong file."})
    assert ImportedTable.objects.get().outcome == "undone"
    page = contributor.get(page_of(table, "change")).content.decode()
    assert "Drop this upload" not in page


def test_import_can_be_undone(contributor: Client) -> None:
    upload(contributor)
    read(contributor, "import")
    table = ImportedTable.objects.get()
    assert "Undo this import" in contributor.get(page_of(table, "change")).content.decode()
    contributor.post(page_of(table, "undo"), {"reason": "The wrong file."})
    assert Claim.objects.get().state == "retired"
    assert Source.objects.count() == 1


def test_published_claim_is_named_where_an_undo_is_refused(contributor: Client) -> None:
    upload(contributor)
    read(contributor, "import")
    claim = Claim.objects.get()
    make.approve(claim)
    page = contributor.post(page_of(ImportedTable.objects.get(), "undo"), {"reason": "Wrong."})
    assert f"{claim.ref} was published since" in page.content.decode()


def test_import_happens_once(contributor: Client) -> None:
    upload(contributor)
    read(contributor, "import")
    read(contributor, "import")
    assert Assertion.objects.count() == 1


def test_cells_that_look_like_formulas_are_asked_about(contributor: Client) -> None:
    text = "question,subject,measure,point,source_title,quote\nQ?,S,killed,5,R,'-5 or so\n"
    upload(contributor, text)
    page = read(contributor, "import")
    assert "begins with &#x27;" in page.content.decode()
    read(contributor, "import", kind="plain")
    assert Assertion.objects.get().quote == "'-5 or so"


def test_desk_takes_as_many_rows_as_it_says(contributor: Client) -> None:
    assert uploads.MOST_ROWS == 500
    upload(contributor, "a\n" + "1\n" * 500)
    assert ImportedTable.objects.get().outcome == "waiting"
