"""Needs, strengths, diagnoses and scales of one client."""

from django.urls import path

from wayfellow.assessments import views

app_name = "assessments"
HERE = "clients/<uuid:client_id>/"
urlpatterns = [
    path(f"{HERE}assessments/", views.assessments, name="assessments"),
    path(f"{HERE}needs/new/", views.need_write, name="need_write"),
    path(f"{HERE}needs/<uuid:need_id>/", views.need_write, name="need_write"),
    path(f"{HERE}needs/<uuid:need_id>/close/", views.need_close, name="need_close"),
    path(f"{HERE}needs/<uuid:need_id>/reopen/", views.need_reopen, name="need_reopen"),
    path(f"{HERE}needs/<uuid:need_id>/first/", views.need_first, name="need_first"),
    path(f"{HERE}strengths/new/", views.strength_write, name="strength_write"),
    path(f"{HERE}strengths/<uuid:strength_id>/", views.strength_write, name="strength_write"),
    path(f"{HERE}strengths/<uuid:strength_id>/end/", views.strength_end, name="strength_end"),
    path(f"{HERE}diagnoses/new/", views.diagnosis_write, name="diagnosis_write"),
    path(f"{HERE}diagnoses/<uuid:diagnosis_id>/end/", views.diagnosis_end, name="diagnosis_end"),
    path(f"{HERE}diagnoses/<uuid:diagnosis_id>/resume/", views.diagnosis_resume, name="diagnosis_resume"),
    path(f"{HERE}assessments/<str:instrument>/", views.response_record, name="response_record"),
    path(f"{HERE}results/<uuid:response_id>/", views.response, name="response"),
]
