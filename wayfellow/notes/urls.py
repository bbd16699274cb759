"""Notes about one client."""

from django.urls import path

from wayfellow.notes import views

app_name = "notes"
HERE = "clients/<uuid:client_id>/notes/"
urlpatterns = [
    path(HERE, views.notes, name="notes"),
    path(f"{HERE}new/", views.note_write, name="note_write"),
    path(f"{HERE}attempt/", views.attempt_record, name="attempt_record"),
    path(f"{HERE}<uuid:note_id>/", views.note, name="note"),
    path(f"{HERE}<uuid:note_id>/edit/", views.note_write, name="note_write"),
    path(f"{HERE}<uuid:note_id>/amend/", views.note_amend, name="note_amend"),
]
