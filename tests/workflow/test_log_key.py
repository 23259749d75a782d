"""The log's key: a file that only its owner may read, never written over, never in the database."""

from __future__ import annotations

import pytest

from claims.domain.notes import Note, NoteError, Signature
from claims.errors import InvalidValueError
from claims.workflow.log_key import LogKey, is_signed, log_key, verifier_keys, write_key

NAME = "facts.example.org/log"


def test_a_signature_is_found_good_by_the_public_key():
    key = LogKey.make(NAME)
    note = Note.parse(key.sign("one\n2\nthree\n"))

    assert is_signed(note, [key.public])
    assert note.text == "one\n2\nthree\n"
    assert LogKey.parse(key.private.to_text()) == key


def test_any_change_spoils_it():
    key, other = LogKey.make(NAME), LogKey.make(NAME)
    note = Note.parse(key.sign("one\n2\nthree\n"))
    forged = Signature(NAME, key.public.number, b"\x00" * 64)

    assert not is_signed(Note("one\n3\nthree\n", note.signatures), [key.public])
    assert not is_signed(note, [other.public])
    assert not is_signed(Note(note.text, ()), [key.public])
    assert not is_signed(Note(note.text, (*note.signatures, forged)), [key.public])
    assert not is_signed(Note(note.text, (Signature(NAME, key.public.number, b"x"),)), [key.public])


def test_signatures_of_others_are_let_be():
    key, other = LogKey.make(NAME), LogKey.make("witness.example")
    note = Note.parse(key.sign("one\n2\nthree\n"))
    witnessed = Note.parse(other.sign(note.text))
    both = Note(note.text, (*witnessed.signatures, *note.signatures))

    assert is_signed(both, [key.public])
    assert is_signed(both, [key.public, other.public])


def test_a_key_file_is_for_its_owner_alone_and_never_written_over(tmp_path):
    path = tmp_path / "keys" / "log.key"
    write_key(LogKey.make(NAME), path)

    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text()
    with pytest.raises(InvalidValueError, match="never written over"):
        write_key(LogKey.make(NAME), path)
    assert path.read_text() == before


def test_the_key_is_read_from_its_file(settings, tmp_path):
    key = LogKey.make(NAME)
    write_key(key, tmp_path / "log.key")
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", str(tmp_path / "log.key")

    assert log_key() == key
    settings.LOG_VERIFIER_KEYS = [str(LogKey.make("old.example/log").public)]
    assert [one.name for one in verifier_keys()] == [NAME, "old.example/log"]


@pytest.mark.parametrize("is_production", [True, False])
def test_a_missing_file_is_no_key_in_development_only(settings, tmp_path, is_production):
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", str(tmp_path / "missing.key")
    settings.PRODUCTION = is_production
    if is_production:
        with pytest.raises(NoteError, match="cannot be read"):
            log_key()
    else:
        assert log_key() is None


def test_a_key_whose_id_is_wrong_is_refused():
    text = LogKey.make(NAME).private.to_text()
    start, number, data = text.rsplit("+", 2)[0], "00000000", text.rsplit("+", 1)[1]
    with pytest.raises(NoteError):
        LogKey.parse(f"{start}+{number}+{data}")
