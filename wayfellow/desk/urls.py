"""The desk's addresses."""

from django.urls import path

from wayfellow.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("clients/", views.caseload, name="caseload"),
    path("clients/new/", views.intake, name="intake"),
    path("clients/<uuid:client_id>/", views.story, name="story"),
    path("clients/<uuid:client_id>/opened/", views.opened, name="opened"),
    path("clients/<uuid:client_id>/blocks/", views.conflict_blocks, name="conflict_blocks"),
    path("clients/<uuid:client_id>/blocks/<uuid:block_id>/end/", views.conflict_block_end, name="conflict_block_end"),
    path("clients/<uuid:client_id>/readers/", views.address_reader_add, name="address_reader_add"),
    path("privacy/audit/", views.audit, name="audit"),
    path("jump/", views.jump, name="jump"),
]
