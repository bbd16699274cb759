from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "wayfellow.ui"
    label = "ui"
