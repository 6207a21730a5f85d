"""The search's table, and beside it what this database's own index needs. Papers that are public already are indexed
by `manage.py rebuild_search`."""

from django.db import migrations, models

from weekly.search.index import get_index


def create_index(apps, schema_editor):
    if index := get_index():
        index.create()


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == 'sqlite':
        schema_editor.execute('DROP TABLE IF EXISTS weekly_search')


class Migration(migrations.Migration):

    dependencies = [
        ('weekly', '0002_readers_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('page_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('key', models.BigIntegerField(unique=True)),
                ('version', models.CharField(max_length=32)),
                ('indexed', models.BinaryField(null=True)),
            ],
        ),
        migrations.RunPython(create_index, drop_index),
    ]
