"""A correction is published while somebody edits its row: what it leaves waits once."""

from __future__ import annotations

import threading

from django.db import connection

from claims.audit.verification import verify_everything
from claims.choices import CorrectionState
from claims.models import Correction, Source
from claims.workflow import correction_candidate, corrections
from claims.workflow.corrections import approve_correction, publish_piece
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.workflow.test_concurrency import cast, marked
from tests.workflow.test_corrections_as_read import citing


@marked
def test_an_edit_at_the_moment_when_the_rest_is_put_back_waits_for_it(monkeypatch):
    monkeypatch.setattr(correction_candidate, "READ", 1)
    monkeypatch.setattr(corrections, "PIECE", 2)
    cast()
    citing(new=2, old=2)
    item = Correction.objects.get()
    approve_correction(correction=item, by=make.editor(), reason="Right.")
    save, by = corrections.signed_save, make.contributor()

    def edit():
        source = Source.objects.get(pk=item.number)
        edit_source(source=source, title="Newer words", by=by, reason="A slip.")
        connection.close()

    editor = threading.Thread(target=edit)

    def slow_save(row, **words):
        if row.pk is None:  # the rest, of which nobody wrote down before that it waits
            editor.start()
            editor.join(1)
            assert editor.is_alive()
        return save(row, **words)

    monkeypatch.setattr(corrections, "signed_save", slow_save)

    publish_piece(item)

    editor.join(30)
    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    assert Correction.objects.waiting().get().edited_by == by
    assert verify_everything().bad == []
