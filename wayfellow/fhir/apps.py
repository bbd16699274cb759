from django.apps import AppConfig


class FhirConfig(AppConfig):
    name = "wayfellow.fhir"
    label = "fhir"
