"""The database keeps the promises, under names that say whose they are."""

from django.db import models

from tests.architecture import tree
from tests.architecture.test_layers import our_models
from wayfellow import access


def test_constraints_and_indexes_are_named_for_their_package() -> None:
    found = [
        f"{model._meta.label}: {named.name}"
        for package, model in our_models()
        for named in (*model._meta.constraints, *model._meta.indexes)
        if not str(named.name).startswith(f"{package}_")
    ]

    assert not found, tree.report(
        "A constraint is read in an error at night: name it <app>_<model>_<promise>, e.g. plans_goal_percent_0_100.",
        found,
    )


def test_unique_promises_are_constraints() -> None:
    found = [model._meta.label for _, model in our_models() if model._meta.unique_together]

    assert not found, tree.report(
        "unique_together has no name and no words. Use UniqueConstraint with name and violation_error_message.", found
    )


def foreign_keys():
    for _, model in our_models():
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey):
                yield model, field


def test_a_guarded_row_is_never_deleted_by_a_cascade() -> None:
    found = []
    for model, field in foreign_keys():
        guarded = issubclass(model, access.GuardedModel) or (
            isinstance(field.related_model, type) and issubclass(field.related_model, access.GuardedModel)
        )
        if guarded and field.remote_field.on_delete is not models.PROTECT:
            found.append(f"{model._meta.label}.{field.name}: {field.remote_field.on_delete.__name__}")

    assert not found, tree.report(
        "A cascade, SET_NULL or DO_NOTHING changes a person's record without an actor and without an audit row. Use on_delete=PROTECT.",
        found,
    )


def test_no_other_row_is_deleted_by_a_cascade_unsaid() -> None:
    # Rows that are only a part of another and mean nothing without it may be named here, with the reason.
    parts: set[str] = set()
    found = [
        f"{model._meta.label}.{field.name}"
        for model, field in foreign_keys()
        if field.remote_field.on_delete is models.CASCADE and f"{model._meta.label}.{field.name}" not in parts
    ]

    assert not found, tree.report(
        "Relations are PROTECT: what is deleted is deleted by a service that says so. A true part of its row goes on the list in this test.",
        found,
    )
