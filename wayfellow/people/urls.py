"""Details of one client, and the privacy lead's list of possible duplicates."""

from django.urls import path

from wayfellow.people import views

app_name = "people"
HERE = "clients/<uuid:client_id>/details/"
urlpatterns = [
    path(HERE, views.details, name="details"),
    path(f"{HERE}change/", views.client_change, name="client_change"),
    path(f"{HERE}phones/new/", views.phone_write, name="phone_write"),
    path(f"{HERE}phones/<uuid:phone_id>/", views.phone_write, name="phone_write"),
    path(f"{HERE}phones/<uuid:phone_id>/remove/", views.phone_remove, name="phone_remove"),
    path(f"{HERE}emails/new/", views.email_write, name="email_write"),
    path(f"{HERE}emails/<uuid:email_id>/", views.email_write, name="email_write"),
    path(f"{HERE}emails/<uuid:email_id>/remove/", views.email_remove, name="email_remove"),
    path(f"{HERE}addresses/new/", views.address_write, name="address_write"),
    path(f"{HERE}addresses/<uuid:address_id>/", views.address_write, name="address_write"),
    path(f"{HERE}addresses/<uuid:address_id>/remove/", views.address_remove, name="address_remove"),
    path(f"{HERE}addresses/<uuid:address_id>/reveal/", views.address_reveal, name="address_reveal"),
    path(f"{HERE}identifiers/new/", views.identifier_add, name="identifier_add"),
    path(f"{HERE}identifiers/<uuid:identifier_id>/remove/", views.identifier_remove, name="identifier_remove"),
    path(f"{HERE}allergies/new/", views.allergy_write, name="allergy_write"),
    path(f"{HERE}allergies/<uuid:allergy_id>/", views.allergy_write, name="allergy_write"),
    path(f"{HERE}allergies/<uuid:allergy_id>/end/", views.allergy_end, name="allergy_end"),
    path(f"{HERE}people/new/", views.related_person_write, name="related_person_write"),
    path(f"{HERE}people/<uuid:person_id>/", views.related_person_write, name="related_person_write"),
    path(f"{HERE}people/<uuid:person_id>/end/", views.related_person_end, name="related_person_end"),
    path("privacy/duplicates/", views.duplicates, name="duplicates"),
    path("clients/<uuid:client_id>/duplicates/<uuid:duplicate_id>/", views.duplicate_review, name="duplicate_review"),
]
