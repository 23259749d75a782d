"""Every URL of the product: pages, feeds and the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("claims.api.urls")),
]
