from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "wayfellow.assessments"
    label = "assessments"
