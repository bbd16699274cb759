from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "wayfellow.access"
    label = "access"

    def ready(self) -> None:
        from wayfellow.access import listeners, triggers

        listeners.connect()
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="access.triggers")
