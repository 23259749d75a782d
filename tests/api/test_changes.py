"""The feed of changes: every publication once, in order, for mirrors that poll."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_changes_are_publications_in_their_order(get, disputed, settled) -> None:
    page = get("changes/")
    assert [row["sequence"] for row in page["results"]] == [disputed.sequence, settled.sequence]
    first = page["results"][0]
    assert (first["ref"], first["type"], first["op"]) == (
        f"C{disputed.claim_id}",
        "claim",
        "publish",
    )
    assert (first["version"], first["sha256"]) == (disputed.number, disputed.sha256)
    assert first["url"] == f"/claims/C{disputed.claim_id}/v/1/"


def test_a_mirror_that_follows_next_sees_each_change_once(client, disputed, settled) -> None:
    for _ in range(3):
        factories.published_claim(5)
    seen, address = [], "/api/v1/changes/?limit=2"
    while rows := client.get(address).json()["results"]:
        seen += [row["sequence"] for row in rows]
        address = client.get(address).json()["links"]["next"]
    assert seen == sorted(set(seen))
    assert len(seen) == 5
    # The last page leads to itself, so that the mirror asks the same again.
    assert client.get(address).json()["links"]["next"] == address
    late = factories.published_claim(9)
    assert [row["sequence"] for row in client.get(address).json()["results"]] == [late.sequence]
