"""Drafts, the door and one's own settings."""

from django.urls import path

from wayfellow.access import views

app_name = "access"
urlpatterns = [
    path("clients/<uuid:client_id>/drafts/<str:form>/", views.draft_save, name="draft_save"),
    path("drafts/<str:form>/", views.draft_save_new, name="draft_save_new"),
]
