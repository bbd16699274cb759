"""Every URL of the product, by package. Each view carries its own access mark."""

from django.urls import URLPattern, URLResolver, include, path

from wayfellow.access import public_view
from wayfellow.ui import views as ui

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wayfellow.desk.urls")),
    path("", include("wayfellow.people.urls")),
    path("", include("wayfellow.programs.urls")),
    path("", include("wayfellow.notes.urls")),
    path("", include("wayfellow.assessments.urls")),
    path("", include("wayfellow.plans.urls")),
    path("", include("wayfellow.medications.urls")),
    path("", include("wayfellow.safety.urls")),
    path("", include("wayfellow.fhir.urls")),
    path("", include("wayfellow.access.urls")),
    path("sign-in/", include("wayfellow.access.sign_in")),
    path(
        "theme/", public_view(why="Light or dark: a choice of the device, kept in its cookie.")(ui.theme), name="theme"
    ),
    path("gallery/", public_view(why="The components, with invented words.")(ui.gallery), name="gallery"),
]

handler403 = "wayfellow.ui.plain.not_yours"
handler404 = "wayfellow.ui.plain.not_here"
handler429 = "wayfellow.ui.plain.too_often"
handler500 = "wayfellow.ui.plain.broken"
