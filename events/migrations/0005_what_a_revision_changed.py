import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_reminders_and_cancelling"),
    ]

    operations = [
        migrations.RenameField(model_name="revision", old_name="before", new_name="changes"),
        migrations.AlterField(
            model_name="revision",
            name="changes",
            field=models.JSONField(verbose_name="part, piece and field, each with the value before and after"),
        ),
        migrations.AddField(
            model_name="revision",
            name="undoes",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="events.revision",
                verbose_name="the change this one took back",
            ),
        ),
        migrations.AddField(
            model_name="checklistitem",
            name="planned_on",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="day the lead-time plan gave; the step moves with the show while it is due then",
            ),
        ),
    ]
