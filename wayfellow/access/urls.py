"""Drafts, the door and one's own settings. django-allauth's pages, whose names have no namespace, are in sign_in.py."""

from django.urls import path

from wayfellow.access import views

app_name = "access"
urlpatterns = [
    path("clients/<uuid:client_id>/drafts/<str:form>/", views.draft_save, name="draft_save"),
    path("drafts/<str:form>/", views.draft_save_new, name="draft_save_new"),
    path("sign-in/lock/", views.lock, name="lock"),
    path("sign-in/stay/", views.stay, name="stay"),
    path("sign-in/second-factor/set-up/", views.set_up_second_factor, name="set_up_second_factor"),
    path("sign-in/new-password/<str:uidb36>/<str:key>/", views.set_password, name="set_password"),
    path("me/", views.me, name="me"),
    path("ready/", views.ready, name="ready"),
]
