"""Addresses of the list of medicines."""

from django.urls import path

from wayfellow.medications import views

app_name = "medications"
urlpatterns = [
    path("clients/<uuid:client_id>/medicines/", views.medications, name="medications"),
    path("clients/<uuid:client_id>/medicines/new/", views.medication_record, name="medication_record"),
    path(
        "clients/<uuid:client_id>/medicines/<uuid:medication_id>/stop/", views.medication_stop, name="medication_stop"
    ),
]
