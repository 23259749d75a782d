"""Write down the names that the parties of before are found by."""

from django.db import migrations


def name_parties(apps, schema_editor):
    party, name = apps.get_model("claims", "Party"), apps.get_model("claims", "PartyName")
    for row in party.objects.exclude(kind="unnamed").iterator():
        folded = dict.fromkeys(_folded(words) for words in (row.name, *row.aliases))
        name.objects.bulk_create(name(party=row, folded=words) for words in folded)


def _folded(words):
    return " ".join(words.split()).casefold()[:300]


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_index_names_and_titles")]

    operations = [migrations.RunPython(name_parties, migrations.RunPython.noop)]
