"""Safety: for anyone at any time, and for one person."""

from django.urls import path

from wayfellow.safety import views

app_name = "safety"
urlpatterns = [
    path("safety/", views.now, name="now"),
    path("clients/<uuid:client_id>/safety/", views.client, name="client"),
    path("clients/<uuid:client_id>/safety/<uuid:step_id>/", views.step, name="step"),
]
