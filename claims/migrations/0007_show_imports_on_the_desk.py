"""What pages led to, in numbers, and who may see imports: everybody on the desk."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("contributor", "editor", "chief", "administrator")
SEEN = ("view_importrun", "view_importedpage")


def let_groups_see_imports(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every group the view of imports; permissions are made here, migrations do it late."""
    using = schema_editor.connection.alias
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=using)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = permissions.filter(codename__in=SEEN, content_type__app_label="claims")
    if len(found) != len(SEEN):
        raise ValueError(f"Unknown permissions among {SEEN}.")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.add(*found)


def hide_imports(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = permissions.filter(codename__in=SEEN, content_type__app_label="claims")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_name_parties")]

    operations = [
        migrations.AlterModelOptions("importrun", {"ordering": ["-pk"], "verbose_name": "import"}),
        migrations.AlterModelOptions(
            "importedpage", {"ordering": ["run", "position"], "verbose_name": "imported text"}
        ),
        migrations.AddField("importedpage", "format", models.CharField(max_length=8, blank=True)),
        migrations.AddField("importedpage", "sources", models.PositiveIntegerField(default=0)),
        migrations.AddField("importedpage", "conflicts", models.PositiveIntegerField(default=0)),
        migrations.AddField("importedpage", "doubts", models.PositiveIntegerField(default=0)),
        migrations.RunPython(let_groups_see_imports, hide_imports),
    ]
