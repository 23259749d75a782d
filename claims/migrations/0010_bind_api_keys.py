"""API keys of our own: with a scope, bound to the password; the keys of before may read."""

import hashlib

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.crypto import salted_hmac

GROUPS = ("contributor", "editor", "chief", "administrator")
# How Django makes the hash that ends sessions when the password changes.
SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


def let_groups_see_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Everybody sees their own keys; administrators those of all."""
    using = schema_editor.connection.alias
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=using)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    view = permissions.get(codename="view_apikey", content_type__app_label="claims")
    manage = permissions.get(codename="manage_apikey", content_type__app_label="claims")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.add(view, *([manage] if group.name == "administrator" else []))


def take_over_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make read keys, bound to today's password, of knox's; those are dropped: one key, one row."""
    using = schema_editor.connection.alias
    keys = apps.get_model("claims", "ApiKey").objects.using(using)
    tokens = apps.get_model("knox", "AuthToken").objects.using(using)
    for token in tokens.select_related("user").order_by("created"):
        key = keys.create(
            user=token.user,
            digest=token.digest,
            token_key=token.token_key,
            expiry=token.expiry,
            scope="read",
            bound_to=_binding_to(token.user),
            reason="Made before keys had a scope.",
        )
        keys.filter(pk=key.pk).update(created=token.created)
        tokens.filter(digest=token.digest).delete()


def _binding_to(owner: models.Model) -> str:
    mac = salted_hmac(SALT, owner.password, algorithm="sha256")
    return hashlib.sha256(mac.hexdigest().encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0009_note_what_versions_show"),
        ("knox", "0009_extend_authtoken_field"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("token_key", models.CharField(db_index=True, max_length=25)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expiry", models.DateTimeField(blank=True, null=True)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=128, unique=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "read"), ("write", "read and write")],
                        default="read",
                        max_length=8,
                    ),
                ),
                ("bound_to", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revocation_reason", models.TextField(blank=True)),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="auth_token_set",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "ordering": ["pk"],
                "permissions": [("manage_apikey", "Can see and revoke everybody's API keys")],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "write"])),
                        name="apikey_scope_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            models.Q(("revocation_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="apikey_revoked_has_reason",
                    ),
                ],
            },
        ),
        migrations.RunPython(let_groups_see_keys, migrations.RunPython.noop),
        migrations.RunPython(take_over_keys, migrations.RunPython.noop),
    ]
