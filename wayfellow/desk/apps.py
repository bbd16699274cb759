from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "wayfellow.desk"
    label = "desk"
