from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "wayfellow.config"
    label = "config"
