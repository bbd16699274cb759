from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "wayfellow.schedule"
    label = "schedule"
