"""The desk's addresses."""

from django.urls import path

from wayfellow.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("clients/", views.caseload, name="caseload"),
    path("clients/<uuid:client_id>/", views.story, name="story"),
    path("jump/", views.jump, name="jump"),
]
