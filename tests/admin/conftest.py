"""Signed-in clients, and the data of forms as a browser would send them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Sign an account in: signed_in(make.editor())."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def contributor(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make.contributor())


@pytest.fixture
def editor(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make.editor())


@pytest.fixture
def chief(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make.chief())


@pytest.fixture
def form_of() -> Callable[[Client, str], dict[str, Any]]:
    """The data that a form would send when nothing is typed: form_of(client, url)."""

    def read(client: Client, url: str) -> dict[str, Any]:
        form = client.get(url).context["adminform"].form
        found: dict[str, Any] = {}
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                found[name] = value
        return found

    return read


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors that a page shows, by field."""
    return dict(response.context["adminform"].form.errors)


def hidden_of(response: Any) -> dict[str, str]:
    """The hidden fields of a page: what it remembers of the rows that it shows."""
    tags = re.findall(r'<input type="hidden"[^>]*>', response.content.decode())
    pairs = [re.search(r'name="([^"]+)" value="([^"]*)"', tag) for tag in tags]
    return {found[1]: found[2] for found in pairs if found is not None}


def as_seen(response: Any) -> str:
    """A page without the words that only screen readers tell."""
    hidden = r'<span class="visually-hidden">.*?</span>'
    return re.sub(hidden, "", response.content.decode(), flags=re.DOTALL)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]
