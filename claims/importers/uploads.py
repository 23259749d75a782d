"""A text that somebody uploads: noted as an import of one page, so that nothing of it is lost."""

from __future__ import annotations

import hashlib
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import PageOutcome
from claims.models import ImportedPage
from claims.workflow.acts import act
from claims.workflow.importing import finish_import, note_page, start_import
from claims.workflow.text import refuse_unstorable

REASON: Final = "Uploaded on the desk."


@transaction.atomic
def note_upload(
    text: str,
    *,
    by: User,
    file_name: str,
    title: str,
    format: str = "auto",  # noqa: A002
    language: str = "en",
) -> ImportedPage:
    """Note the text as a page that waits; import_waiting takes it in, now or in the queue.

    ``title`` counts where the text names none. Raises RefusalError for characters that cannot be
    stored, and while the same text waits already.
    """
    for field, value in (("text", text), ("title", title), ("file", file_name)):
        refuse_unstorable(value, field)
    with act("note_upload", by=by, reason=REASON):
        run = start_import(
            by=by,
            reason=REASON,
            file_name=file_name,
            file_sha256=hashlib.sha256(text.encode()).hexdigest(),
            language=language,
        )
        page = note_page(
            run=run,
            position=0,
            by=by,
            reason=REASON,
            title=title[:300],
            outcome=PageOutcome.WAITING,
            text=text,
            format=format,
        )
        finish_import(run=run, by=by, reason=REASON)
    return page
