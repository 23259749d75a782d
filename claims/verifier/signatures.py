"""Ed25519 by whatever this machine has: the package cryptography, else the program openssl."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

type Check = Callable[[bytes, bytes, bytes], bool]

# Of RFC 8032, section 7.1, test 2: what cannot tell this from a forgery is not asked.
_KNOWN_KEY: Final = bytes.fromhex(
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
)
_KNOWN_MESSAGE: Final = b"\x72"
_KNOWN_SIGNATURE: Final = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_KEY_HEAD: Final = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 key in DER


def find_check() -> Check | None:
    """Return what checks a signature (key, message, signature), None where nothing here can."""
    for check in (_by_cryptography, _by_openssl):
        if check(_KNOWN_KEY, _KNOWN_MESSAGE, _KNOWN_SIGNATURE) and not check(
            _KNOWN_KEY, b"\x73", _KNOWN_SIGNATURE
        ):
            return check
    return None


def _by_cryptography(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _by_openssl(key: bytes, message: bytes, signature: bytes) -> bool:
    program = shutil.which("openssl")
    if program is None:
        return False
    pem = base64.encodebytes(_KEY_HEAD + key).decode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "key").write_text(f"-----BEGIN PUBLIC KEY-----\n{pem}-----END PUBLIC KEY-----\n")
        (folder / "message").write_bytes(message)
        (folder / "signature").write_bytes(signature)
        words = "pkeyutl -verify -pubin -inkey key -rawin -in message -sigfile signature".split()
        try:
            done = subprocess.run(  # noqa: S603  no shell, and no word of it comes from a reader
                [program, *words], cwd=folder, capture_output=True, timeout=20, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0
