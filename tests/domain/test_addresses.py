"""Addresses that are shown as links lead where they say, and out of our own network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from claims.domain.addresses import address_fault, is_web
from claims.errors import InvalidValueError
from tests import factories as make

CLAIMS = Path(__file__).resolve().parents[2] / "claims"

GOOD = [
    "https://www.example.org/a?b=c@d#e",
    "http://example.org:8080/",
    "https://пример.рф/новости",
    "https://xn--e1afmkfd.xn--p1ai/",
    "http://8.8.8.8/",
    "https://[2606:4700::1111]/",
    "https://www.lemonde.fr/afrique/été",
    "https://localhost.example.org/",
    "https://10.example.org/",
]
BAD = {
    "user name": ["http://user:pw@example.org/", "http://@example.org/", "http://a@b@c.org/",
                  "https://example.org\\@evil.example/", "https://example.org:80@evil.example/"],
    "inside a network": [
        "http://169.254.169.254/latest/", "http://127.0.0.1/", "http://127.1/", "http://0/",
        "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://10.0.0.3/",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://[::1]/",
        "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[::ffff:10.0.0.1]/",
        "http://localhost/", "http://LOCALHOST.:80/", "http://a.localhost/", "http://nas.local/",
        "http://db.internal/", "http://router.home.arpa/", "http://127.0.0.1./",
        "http://１２７.0.0.1/", "http://%31%32%37.0.0.1/", "http://224.0.0.1/",
        "http://127。0。0。1/",
    ],
    "cannot be seen": ["http://exa\u202emple.org/", "http://example.org/a\u200bb",
                       "http://example.org\ufeff/", "http://ex\u00adample.org/"],
    "mixes scripts": ["http://\u0440\u0430ypal.com/", "http://ex\u0430mple.org/",
                      "http://xn--pypal-4ve.com/"],
    "full web address": ["ftp://example.org/", "javascript:alert(1)", "//example.org/", "http://",
                         "example.org", "http://x:99999/", "http://[::1", "http://a b.org/",
                         "http://example.org/a\tb", "http:///path", "data:text/html,x"],
}  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_ordinary_addresses_are_taken(url: str) -> None:
    assert address_fault(url) == ""


@pytest.mark.parametrize(("why", "url"), [(why, url) for why, urls in BAD.items() for url in urls])
def test_others_are_refused_with_the_reason(why: str, url: str) -> None:
    assert why in address_fault(url)


@pytest.mark.parametrize("url", ["HTTP://example.org/", "Https://example.org/"])
def test_capitals_in_the_scheme_are_refused_in_words_on_every_database(db: None, url: str) -> None:
    """The constraint of one database tells capitals apart, that of the other does not."""
    with pytest.raises(InvalidValueError, match=r"^url: write a full web address"):
        make.source(url=url)


@pytest.mark.parametrize("url", [*GOOD, *(url for urls in BAD.values() for url in urls)])
def test_what_is_no_address_of_the_web_is_never_taken_for_one(url: str) -> None:
    assert is_web(url) or address_fault(url)


def test_the_schemes_of_the_web_are_written_in_one_place() -> None:
    """What an address begins with is asked of is_web; the constraints are made of SCHEMES."""
    writers = {
        str(path.relative_to(CLAIMS))
        for path in CLAIMS.rglob("*.py")
        if not {"static", "migrations"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and {"http://", "https://"}
        <= {one.value for one in node.elts if isinstance(one, ast.Constant)}
    }
    assert writers == {"domain/addresses.py"}
