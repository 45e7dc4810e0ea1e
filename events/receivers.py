"""What this app hears from the apps below it; connected in apps.ready()."""
