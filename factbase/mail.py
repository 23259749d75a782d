"""Where mail goes: one address in the environment, as Django's MAILERS takes it."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BACKENDS = "django.core.mail.backends"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
TIMEOUT_SECONDS = 20


def mailers(address: str) -> dict[str, dict[str, Any]]:
    """MAILERS for ``smtp://``, ``smtp+tls://`` or ``smtp+ssl://user:password@host:port``.

    ``console:`` prints mails; an empty address is a site that sends none. Raises
    ImproperlyConfigured for any other.
    """
    if not address:
        return {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL: {error}.") from None
    if parts.scheme == "console":
        return {"default": {"BACKEND": f"{_BACKENDS}.console.EmailBackend"}}
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL: write console:, or smtp://, smtp+tls:// or smtp+ssl:// with a host, such "
            "as smtp+tls://name:password@mail.example.org:587."
        )
    options = {
        "host": parts.hostname,
        "port": port or _PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtp+ssl",
        "timeout": TIMEOUT_SECONDS,
    }
    return {"default": {"BACKEND": f"{_BACKENDS}.smtp.EmailBackend", "OPTIONS": options}}


def site_address(address: str, hosts: list[str], *, is_secure: bool) -> str:
    """The address that links in mails begin with, without a slash at its end."""
    if address:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured("SITE_URL: write an address such as https://example.org.")
        return address.rstrip("/")
    host = hosts[0].lstrip(".") if hosts else "localhost"
    return f"https://{host}" if is_secure else "http://localhost:8000"
