"""The log in public: its checkpoint, its tiles, and proofs, as C2SP writes them."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from claims.domain.merkle import TILE_WIDTH, parse_tile_path
from claims.domain.refs import CLAIM
from claims.exporters.proofs import proof_of
from claims.filtering import parameters as read
from claims.models import Act, Checkpoint, ClaimVersion, LogTile
from claims.views.addresses import number_of

LEVELS: Final = {str(level): level for level in range(64)}
TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
FOR_EVER: Final = "public, max-age=31536000, immutable"
FOR_SECONDS: Final = "public, max-age=5"
UNSIGNED: Final = "This log is not signed yet.\n"
WAITS: Final = "This version waits for the next checkpoint of the log; try again in a minute.\n"


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint."""
    read.read_parameters(request.GET, ())
    newest = Checkpoint.objects.newest_signed()
    if newest is None:
        return _text(UNSIGNED, status=404)
    return _text(newest.note)


def tile(request: HttpRequest, level: str, tile: str) -> HttpResponse:
    """Up to 256 hashes of one level of the tree."""
    read.read_parameters(request.GET, ())
    number, width = _place(tile)
    hashes = LogTile.objects.prefix(LEVELS[level], number, width) if level in LEVELS else None
    if hashes is None:
        raise Http404
    return _bytes(hashes)


def entries(request: HttpRequest, tile: str) -> HttpResponse:
    """The leaves of a tile of the lowest level, each after its length in two bytes."""
    read.read_parameters(request.GET, ())
    number, width = _place(tile)
    acts = list(Act.objects.leaves(number * TILE_WIDTH, width))
    if len(acts) < width:
        raise Http404
    found = [act.entry for act in acts]
    return _bytes(b"".join(len(entry).to_bytes(2) + entry for entry in found))


def proof(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """The proof that the log holds the act which sealed this version."""
    read.read_parameters(request.GET, ())
    versions = ClaimVersion.objects.of_claim(number_of(ref, CLAIM)).numbered(number)
    version = versions.defer("payload").first()
    if version is None:
        raise Http404
    found = proof_of(version)
    if found is None:
        answer = _text(WAITS, status=404)
        answer.headers["Retry-After"] = "60"
        return answer
    answer = _text(found.to_text())
    name = f"{CLAIM}{version.claim_id}-v{number}.tlog-proof"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _place(path: str) -> tuple[int, int]:
    try:
        number, width = parse_tile_path(path)
    except ValueError:
        raise Http404 from None
    if number >= 2**54:  # no leaf has a number that high
        raise Http404
    return number, width


def _text(text: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(text, content_type=TEXT, status=status)
    answer.headers["Cache-Control"] = FOR_SECONDS
    return answer


def _bytes(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=BYTES)
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
