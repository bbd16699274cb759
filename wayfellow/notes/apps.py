from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "wayfellow.notes"
    label = "notes"
