"""The log in public: checkpoint, tiles, entries and proofs, as their specifications have them."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.test import Client

from claims.domain.merkle import leaf_hash, verify_inclusion
from claims.domain.notes import InclusionProof, Note, TreeHead
from claims.models import Act, Checkpoint
from claims.workflow import sequencing
from claims.workflow.acts import act
from claims.workflow.log_key import is_signed, log_key
from claims.workflow.parties import add_party
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def test_the_checkpoint_is_a_signed_note(reader):
    make.party()
    sequencing.seal_log()
    answer = reader.get("/log/checkpoint")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=5" in answer.headers["Cache-Control"]
    note = Note.parse(answer.content.decode())
    assert is_signed(note, [log_key().public])
    assert TreeHead.parse(note.text).size == Act.objects.count()


def test_an_unsigned_log_has_no_checkpoint_to_show(reader, settings):
    settings.LOG_KEY = ""
    sequencing.seal_log()
    answer = reader.get("/log/checkpoint")
    assert (answer.status_code, answer.content) == (404, b"This log is not signed yet.\n")


def many_acts(count: int) -> None:
    """So many acts, each of one row."""
    by = make.contributor()
    for number in range(count):
        add_party(by=by, reason="Needed.", name=f"Party {number}", kind="outlet")
    sequencing.seal_log()


def test_tiles_and_entries_rebuild_the_checkpoint(reader):
    many_acts(258)
    size = Act.objects.count()
    width = size - 256
    full = reader.get("/log/tile/0/000")
    part = reader.get(f"/log/tile/0/001.p/{width}")
    above = reader.get("/log/tile/1/000.p/1")

    assert full.headers["Content-Type"] == "application/octet-stream"
    assert "immutable" in full.headers["Cache-Control"]
    assert (len(full.content), len(part.content), len(above.content)) == (8192, 32 * width, 32)
    assert reader.get("/log/tile/0/001.p/1").content == part.content[:32]
    assert reader.get("/log/tile/0/000.p/7").content == full.content[: 7 * 32]
    bundle = reader.get("/log/tile/entries/000").content
    hashes, count = b"", 0
    while bundle:
        length = int.from_bytes(bundle[:2])
        hashes += sha256(b"\x00" + bundle[2 : 2 + length]).digest()
        bundle, count = bundle[2 + length :], count + 1
    assert (hashes, count) == (full.content, 256)


@pytest.mark.parametrize(
    "path",
    ["0/001", "0/000.p/200", "0/000", "1/000.p/1", "64/000.p/1", "00/000.p/1",
     "0/1", "0/x000/000.p/1", "0/abc",
     "entries/000", "entries/000.p/200", "entries/nothing", "0/x999/x999/x999/x999/x999/x999/999"],
)  # fmt: skip
def test_tiles_that_are_not_there(reader, path):
    make.party()
    sequencing.seal_log()
    assert reader.get(f"/log/tile/{path}").status_code == 404


def test_the_proof_of_a_version_stands_alone(reader):
    version = make.published_claim(97)
    make.party()
    sequencing.seal_log()
    answer = reader.get(f"/claims/{version.claim.ref}/v/1/proof/")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f'{version.claim.ref}-v1.tlog-proof"' in answer.headers["Content-Disposition"]
    proof = InclusionProof.parse(answer.content.decode())
    note = Note.parse(proof.checkpoint)
    head = TreeHead.parse(note.text)
    assert is_signed(note, [log_key().public])
    root = (leaf_hash(proof.extra), proof.index, head.size, proof.path, head.root)
    assert verify_inclusion(*root)
    entry = json.loads(proof.extra)
    named = {"ref": version.claim.ref, "version": 1, "sha256": version.sha256}
    assert entry["published"] == [named]
    assert set(entry) == {"v", "act", "at", "published"}


def test_the_entry_holds_no_name_and_no_private_text(reader):
    by = make.contributor()
    with act("note", by=by, reason="A secret reason."):
        add_party(by=by, reason="A secret reason.", name="Secret name", kind="outlet")
    sequencing.seal_log()
    count = Act.objects.count()
    bundle = reader.get(f"/log/tile/entries/000.p/{count}").content
    for word in (b"secret", b"Secret", by.username.encode(), b"add_party"):
        assert word not in bundle


def test_a_version_that_waits_for_the_sequencer_says_so(reader):
    version = make.published_claim(97)
    answer = reader.get(f"/claims/{version.claim.ref}/v/1/proof/")

    assert answer.status_code == 404
    assert b"waits for the next checkpoint" in answer.content
    assert answer.headers["Retry-After"] == "60"


def test_a_retired_version_keeps_its_proof_and_a_missing_one_has_none(reader):

    gone = make.retire(make.published_claim(5).claim, "Twice.")
    sequencing.seal_log()
    for number, status in ((1, 200), (2, 200), (3, 404)):
        address = f"/claims/{gone.claim.ref}/v/{number}/proof/"
        assert reader.get(address).status_code == status
    assert reader.get(f"/claims/{make.claim().ref}/v/1/proof/").status_code == 404


def test_pages_and_api_lead_to_the_proof(reader):
    version = make.published_claim(97)
    sequencing.seal_log()
    proof = f"/claims/{version.claim.ref}/v/1/proof/"
    for page in (f"/claims/{version.claim.ref}/", f"/claims/{version.claim.ref}/history/"):
        assert f'href="{proof}"' in reader.get(page).content.decode()
    listed = reader.get(f"/api/v1/claims/{version.claim.ref}/versions/").json()
    assert listed["results"][0]["links"]["proof"] == proof


def test_the_public_key_is_on_the_page_about_the_data(reader, settings):
    sequencing.seal_log()
    page = reader.get("/about/data/").content.decode()
    assert str(log_key().public) in page.replace("&#x2B;", "+")
    assert f"of {Checkpoint.objects.get().size} acts" in page
    settings.LOG_KEY = ""
    assert "has no key" in reader.get("/about/data/").content.decode()
