"""The four groups and what each may do."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DESK = (
    *("article", "articlerevision", "party", "source", "subject", "measure", "claim"),
    *("assertion", "claimrelation", "comment"),
)
READ_ONLY = (
    *("dispute", "reviewevent", "claimversion", "anchor", "attribution"),
    *("assertionparty", "disputeassertion", "subjectbelligerent"),
)

CONTRIBUTOR = [
    "edit_desk",
    *(f"{verb}_{noun}" for noun in DESK for verb in ("view", "add", "change")),
    *(f"view_{noun}" for noun in READ_ONLY),
]
EDITOR = [*CONTRIBUTOR, "review_claim", "decide_dispute", "add_dispute", "change_dispute"]
CHIEF = [*EDITOR, "rate_source", "withdraw_source", "retire_claim", "assign_claim"]
ADMINISTRATOR = [
    *(f"view_{noun}" for noun in (*DESK, *READ_ONLY)),
    *("view_user", "add_user", "change_user", "view_group"),
]
GROUPS = {
    "contributor": CONTRIBUTOR,
    "editor": EDITOR,
    "chief": CHIEF,
    "administrator": ADMINISTRATOR,
}


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the groups; permissions are made here because migrations make them too late."""
    using = schema_editor.connection.alias
    for label in ("auth", "claims"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, apps=apps, using=using)
        config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        found = permission_model.objects.using(using).filter(
            codename__in=codenames, content_type__app_label__in=["auth", "claims"]
        )
        missing = set(codenames) - set(found.values_list("codename", flat=True))
        if missing:
            raise ValueError(f"Unknown permissions for {name}: {sorted(missing)}")
        group.permissions.set(found)


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_create_the_desk_and_the_newspaper"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
