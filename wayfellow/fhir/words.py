"""What kinds of resources are called on the screen: by what they are about, never by their FHIR name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "Patient": _("Who they are"),
    "AllergyIntolerance": _("Allergies"),
    "Appointment": _("Appointments"),
    "CarePlan": _("Care plans"),
    "CareTeam": _("Care teams"),
    "Communication": _("Messages"),
    "Condition": _("Diagnoses and concerns"),
    "Consent": _("Consents"),
    "Coverage": _("Insurance"),
    "DiagnosticReport": _("Test reports"),
    "DocumentReference": _("Documents"),
    "Encounter": _("Visits and stays elsewhere"),
    "EpisodeOfCare": _("Care elsewhere"),
    "FamilyMemberHistory": _("Health in the family"),
    "Flag": _("Things to know"),
    "Goal": _("Goals"),
    "Immunization": _("Vaccinations"),
    "MedicationRequest": _("Medicines"),
    "MedicationStatement": _("Medicines as told"),
    "MedicationDispense": _("Medicines handed out"),
    "Observation": _("Measurements and findings"),
    "Procedure": _("Treatments"),
    "QuestionnaireResponse": _("Questionnaires"),
    "RelatedPerson": _("People around them"),
    "ServiceRequest": _("Referrals and orders"),
    "Task": _("Tasks"),
}
OTHER = _("Something else")


def kind_words(kind: str) -> str:
    """The kind of a resource in plain words."""
    return str(KINDS.get(kind, OTHER))
