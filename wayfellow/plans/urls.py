"""Addresses of the plan."""

from django.urls import path

from wayfellow.plans import views

app_name = "plans"
_PLAN = "clients/<uuid:client_id>/plan/"
urlpatterns = [
    path(_PLAN, views.plan, name="plan"),
    path(_PLAN + "start/", views.plan_start, name="plan_start"),
    path(_PLAN + "<uuid:plan_id>/words/", views.plan_write, name="plan_write"),
    path(_PLAN + "<uuid:plan_id>/sign/", views.plan_sign, name="plan_sign"),
    path(_PLAN + "versions/<uuid:version_id>/", views.version, name="version"),
    path(_PLAN + "goals/new/", views.goal_write, name="goal_write"),
    path(_PLAN + "goals/<uuid:goal_id>/", views.goal_write, name="goal_write"),
    path(_PLAN + "goals/<uuid:goal_id>/close/", views.goal_close, name="goal_close"),
    path(_PLAN + "goals/<uuid:goal_id>/reopen/", views.goal_reopen, name="goal_reopen"),
    path(_PLAN + "goals/<uuid:goal_id>/objectives/new/", views.objective_write, name="objective_write"),
    path(_PLAN + "objectives/<uuid:objective_id>/", views.objective_write, name="objective_write"),
    path(_PLAN + "objectives/<uuid:objective_id>/close/", views.objective_close, name="objective_close"),
    path(_PLAN + "goals/<uuid:goal_id>/actions/new/", views.intervention_write, name="intervention_write"),
    path(_PLAN + "actions/<uuid:intervention_id>/", views.intervention_write, name="intervention_write"),
    path(_PLAN + "actions/<uuid:intervention_id>/end/", views.intervention_end, name="intervention_end"),
]
