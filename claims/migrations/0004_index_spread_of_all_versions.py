"""Serve the order by spread to lists of all claims, not of the disputed ones only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_add_import_runs")]

    operations = [
        migrations.AddIndex(
            model_name="claimversion",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["spread", "claim"],
                name="claimversion_any_spread_idx",
            ),
        ),
    ]
