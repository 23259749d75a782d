"""The root of the URLs: the admin's, the health probes' and the product's own."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import RedirectView

from claims.views.forgotten import ForgottenView
from claims.views.health import is_alive, ready

# What the pages about passwords show at their head, as the desk does.
HEAD = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
urlpatterns = [
    path(
        "admin/password_reset/",
        ForgottenView.as_view(extra_context=HEAD),
        name="admin_password_reset",
    ),
    path(
        "admin/password_reset/done/",
        auth.PasswordResetDoneView.as_view(extra_context=HEAD),
        name="password_reset_done",
    ),
    path(
        "admin/password_reset/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(extra_context=HEAD),
        name="password_reset_confirm",
    ),
    path(
        "admin/password_reset/complete/",
        auth.PasswordResetCompleteView.as_view(extra_context=HEAD),
        name="password_reset_complete",
    ),
    path("admin/", admin.site.urls),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}claims/favicon.svg")),
    path("healthz/live", is_alive, name="health-live"),
    path("healthz/ready", ready, name="health-ready"),
    path("", include("claims.urls")),
]
handler500 = "factbase.failures.failed"
