from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_availability_and_rivals"),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="model",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="file of its model in 3D"
            ),
        ),
    ]
