"""The addresses of programs."""

from django.urls import path

from wayfellow.programs import views

app_name = "programs"
CLIENT = "clients/<uuid:client_id>/"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/agency/", views.agency_change, name="agency_change"),
    path("settings/sites/new/", views.site_add, name="site_add"),
    path("settings/sites/<uuid:site_id>/", views.site_change, name="site_change"),
    path("settings/programs/new/", views.program_add, name="program_add"),
    path("settings/programs/<uuid:program_id>/", views.program, name="program"),
    path("settings/programs/<uuid:program_id>/change/", views.program_change, name="program_change"),
    path("settings/programs/<uuid:program_id>/managers/", views.management_start, name="management_start"),
    path("settings/managers/<uuid:management_id>/end/", views.management_end, name="management_end"),
    path("settings/programs/<uuid:program_id>/teams/new/", views.team_add, name="team_add"),
    path("settings/teams/<uuid:team_id>/", views.team, name="team"),
    path("settings/teams/<uuid:team_id>/change/", views.team_change, name="team_change"),
    path("settings/teams/<uuid:team_id>/join/", views.team_join, name="team_join"),
    path("settings/members/<uuid:membership_id>/leave/", views.team_leave, name="team_leave"),
    path("settings/staff/", views.staff_list, name="staff_list"),
    path("settings/staff/new/", views.staff_invite, name="staff_invite"),
    path("settings/staff/<uuid:staff_id>/", views.staff, name="staff"),
    path("settings/staff/<uuid:staff_id>/change/", views.staff_change, name="staff_change"),
    path("settings/staff/<uuid:staff_id>/link/", views.staff_link, name="staff_link"),
    path("settings/staff/<uuid:staff_id>/leave/", views.staff_deactivate, name="staff_deactivate"),
    path("settings/staff/<uuid:staff_id>/return/", views.staff_reactivate, name="staff_reactivate"),
    path("settings/staff/<uuid:staff_id>/roles/new/", views.role_grant, name="role_grant"),
    path("settings/roles/<uuid:role_id>/end/", views.role_end, name="role_end"),
    path("settings/staff/<uuid:staff_id>/supervision/new/", views.supervision_start, name="supervision_start"),
    path("settings/supervision/<uuid:supervision_id>/end/", views.supervision_end, name="supervision_end"),
    path("cover/", views.covers, name="covers"),
    path("cover/new/", views.cover_make, name="cover_make"),
    path("cover/<uuid:cover_id>/end/", views.cover_end, name="cover_end"),
    path("queue/", views.queue, name="queue"),
    path(f"{CLIENT}episodes/", views.episodes, name="episodes"),
    path(f"{CLIENT}episodes/new/", views.episode_open, name="episode_open"),
    path(f"{CLIENT}episodes/<uuid:episode_id>/", views.episode, name="episode"),
    path(f"{CLIENT}episodes/<uuid:episode_id>/change/", views.episode_change, name="episode_change"),
    path(f"{CLIENT}episodes/<uuid:episode_id>/assign/", views.episode_assign, name="episode_assign"),
    path(f"{CLIENT}episodes/<uuid:episode_id>/close/", views.episode_close, name="episode_close"),
    path(f"{CLIENT}assignments/<uuid:assignment_id>/end/", views.assignment_end, name="assignment_end"),
    path("emergency/", views.break_glass, name="break_glass"),
    path("privacy/emergency/", views.break_glass_reviews, name="break_glass_reviews"),
    path("privacy/emergency/<uuid:request_id>/", views.break_glass_review, name="break_glass_review"),
]
