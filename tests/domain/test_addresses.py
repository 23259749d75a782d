"""Addresses that are shown as links lead where they say, and out of our own network."""

from __future__ import annotations

import pytest

from claims.domain.addresses import address_fault

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
