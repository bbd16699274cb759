from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wayfellow.plans"
    label = "plans"
