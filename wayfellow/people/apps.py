from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wayfellow.people"
    label = "people"

    def ready(self) -> None:
        from wayfellow.access.reasons import register_block, register_client_model, register_reason
        from wayfellow.people import reasons
        from wayfellow.people.models import Client

        register_client_model(Client)
        for reason in (reasons.INTAKE, reasons.PRIVACY, reasons.IMPORT):
            register_reason(reason)
        register_block(reasons.CONFLICT_BLOCKS)
