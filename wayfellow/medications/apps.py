from django.apps import AppConfig


class MedicationsConfig(AppConfig):
    name = "wayfellow.medications"
    label = "medications"
