from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "wayfellow.safety"
    label = "safety"
