"""The root of the URLs: the admin's, the health probes' and the product's own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from claims.views.health import live, ready

urlpatterns = [
    path("admin/", admin.site.urls),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}claims/favicon.svg")),
    path("healthz/live", live, name="health-live"),
    path("healthz/ready", ready, name="health-ready"),
    path("", include("claims.urls")),
]
handler500 = "factbase.failures.failed"
