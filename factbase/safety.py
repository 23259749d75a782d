"""What production refuses to start with, and whom axes counts as one client."""

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

KEY_LENGTH = 50
KEY_VARIETY = 5


def refuse_unsafe_production(
    *, debug: bool, secret_key: str, hosts: list[str], rate_limits: bool
) -> None:
    """Raise ImproperlyConfigured, naming every unsafe setting and what to do about it."""
    faults = []
    if debug:
        faults.append("DEBUG is on: remove it from the environment.")
    if len(secret_key) < KEY_LENGTH or len(set(secret_key)) < KEY_VARIETY:
        faults.append(
            f"SECRET_KEY is missing or short: set {KEY_LENGTH} or more random characters, as from "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    if not hosts or any(host.strip() in {"", "*"} for host in hosts):
        faults.append("ALLOWED_HOSTS is empty or holds '*': name the hosts, separated by commas.")
    if not rate_limits:
        faults.append("FACTBASE_RATE_LIMITS is off: remove it from the environment.")
    if faults:
        raise ImproperlyConfigured("FACTBASE_MODE=production refuses: " + " ".join(faults))


def sign_in_address(request: HttpRequest) -> str:
    """Return the address that axes counts failed sign-ins by: the same that all limits use."""
    # Settings import this module: claims must not be loaded before they are read.
    from claims.limiter import client_address as address_of

    return address_of(request.META)
