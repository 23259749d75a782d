"""Web addresses that may be shown as links."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import socket
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from claims.domain.characters import character_code, mixed_word, oddities

_NUMERIC: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")
_OWN: Final = ("localhost", "localdomain", "local", "internal", "home.arpa")
SCHEMES: Final = ("http://", "https://")
FULL = "write a full web address that begins with http:// or https://."


def is_web(text: str) -> bool:
    """Whether a text begins as an address of the web does; address_fault says whether it is one."""
    return text.startswith(SCHEMES)


def archived_address(url: str, day: dt.date | None = None) -> str:
    """Where the Internet Archive would keep an address, by its pattern; nobody looks there.

    With a day the copy nearest to it, else the calendar of all; '' for what is no web address.
    """
    if not is_web(url):
        return ""
    return f"https://web.archive.org/web/{day.strftime('%Y%m%d') if day else '*'}/{url}"


@lru_cache(maxsize=1_024)  # an import reads the address of a work, then adds the work
def address_fault(url: str) -> str:
    """Why a reader should not be sent to this address; '' when nothing is wrong with it.

    Nothing is looked up: what a name leads to is not known here.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return FULL
    if not is_web(url) or not host or url.split() != [url]:
        return FULL
    if "@" in parts.netloc:
        return "leave out the user name and password before the @."
    strange = "" if url.isascii() else next((one for one in url if oddities(one)), "")
    if strange:
        return f"it holds {character_code(strange)}, which cannot be seen; remove it."
    return _host_fault(host)


def _host_fault(host: str) -> str:
    written = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".")
    read = _unicode(written.rstrip(".").casefold())
    if not read or read != read.strip() or set(read) & set("/\\?#@<>\"'`|^"):
        return FULL
    if mixed_word(read):
        return f"its host mixes scripts in “{mixed_word(read)}”."
    if read.rpartition(".")[2] in _OWN or read in _OWN or read.endswith(".home.arpa"):
        return f"{host} is an address inside a network, which readers cannot open."
    number = _number_of(read)
    if number is not None and (not number.is_global or number.is_multicast):
        return f"{host} is an address inside a network, which readers cannot open."
    return ""


def _unicode(host: str) -> str:
    """The host in its own letters, where it is written in those of the name system (xn--)."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _number_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is in figures, as browsers read them: 127.1, 0x7f000001."""
    try:
        if ":" not in host:
            return ipaddress.IPv4Address(socket.inet_aton(host)) if _is_numeric(host) else None
        found = ipaddress.IPv6Address(host.partition("%")[0])
    except (ValueError, OSError):
        return None
    inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
    return inner if inner is not None else found


def _is_numeric(host: str) -> bool:
    return _NUMERIC.fullmatch(host) is not None
