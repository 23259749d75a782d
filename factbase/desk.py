"""The admin of this project is the desk of claims."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the site of claims.admin."""

    default_site = "claims.admin.site.desk_site"
