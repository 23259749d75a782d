from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0034_index_newest_of_events_and_rows")]

    operations = [
        migrations.AddField(
            model_name="importedpage",
            name="highlights",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
