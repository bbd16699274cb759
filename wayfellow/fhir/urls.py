"""Addresses of what was received."""

from django.urls import path

from wayfellow.fhir import views

app_name = "fhir"
urlpatterns = [path("clients/<uuid:client_id>/received/", views.received, name="received")]
