"""Run as a program on a migrated SQLite file: eight people write to one claim at once."""

from __future__ import annotations

import json
import os
import sys
from functools import partial

import django

WRITERS, EACH = 8, 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    django.setup()
    from claims.audit.verification import verify_everything
    from claims.models import Claim
    from tests import factories as make
    from tests.workflow.writers import at_once

    claim = make.claim()
    people = [(make.party(), make.source()) for _ in range(WRITERS)]

    def write(speaker, source) -> None:
        for number in range(EACH):
            make.figure(claim, 50 + number, speaker=speaker, source=source)

    results = at_once([partial(write, *one) for one in people])
    found = {
        "refused": sum(isinstance(one, Exception) for one in results),
        "revisions": Claim.objects.get(pk=claim.pk).revision - claim.revision,
        "figures": claim.assertions.count(),
        "bad": len(verify_everything().bad),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
