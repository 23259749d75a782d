"""How readers get the program that checks downloads."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_page_names_the_program_with_its_hash(client: Client) -> None:
    answer = client.get("/verify.py")
    assert answer.headers["Content-Type"] == "text/x-python; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verify.py"'
    page = client.get("/about/data/").content.decode()
    assert 'href="/verify.py"' in page
    assert hashlib.sha256(answer.content).hexdigest() in re.findall(r"[0-9a-f]{64}", page)


def test_who_holds_the_program_is_not_sent_it_again(client: Client) -> None:
    tag = client.get("/verify.py").headers["ETag"]
    again = client.get("/verify.py", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_what_is_downloaded_checks_what_is_downloaded(client: Client, tmp_path: Path) -> None:
    claim = make.published_claim(60, 97).claim_id
    files = {"verify.py": "/verify.py", "one.json": f"/claims/C{claim}.json"}
    files |= {"all.ndjson": "/api/v1/exports/claims.ndjson", "list.json": "/api/v1/claims/"}
    for name, address in files.items():
        answer = client.get(address)
        (tmp_path / name).write_bytes(b"".join(answer) if answer.streaming else answer.content)
    for name in ("one.json", "all.ndjson", "list.json"):
        command = [sys.executable, "-I", "verify.py", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert "One document: sealed with the right hash." in done.stdout
