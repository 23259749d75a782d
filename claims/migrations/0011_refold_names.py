"""Write down anew the names that parties are found by: what looks the same is the same."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.names import fold_name

AT_ONCE = 1_000


def refold_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the names of each party from its row, as the workflow does whenever one is saved."""
    using = schema_editor.connection.alias
    parties = apps.get_model("claims", "Party").objects.using(using).exclude(kind="unnamed")
    names = apps.get_model("claims", "PartyName")
    names.objects.using(using).all().delete()
    rows = []
    for party in parties.order_by("pk").iterator():
        folded = dict.fromkeys(fold_name(words) for words in (party.name, *party.aliases))
        rows += [names(party=party, folded=words) for words in folded if words]
        if len(rows) >= AT_ONCE:
            names.objects.using(using).bulk_create(rows)
            rows = []
    names.objects.using(using).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_bind_api_keys")]

    operations = [migrations.RunPython(refold_names, migrations.RunPython.noop)]
