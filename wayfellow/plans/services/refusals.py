"""What a plan says no to, in words. `field`: the field of the form that the words belong to ("" for the form as a whole)."""

from __future__ import annotations

from wayfellow.kernel.refusal import Refusal


class PlanRefusal(Refusal):
    """A no of the plan, at the field that it is about."""

    field = ""


class ReceivedIsReadOnly(PlanRefusal):
    """The plan came from elsewhere and stays as it came."""


class OtherPrograms(PlanRefusal):
    """The need stands in another program's record, of which this plan must not tell."""

    field = "need"


class GoalClosed(PlanRefusal):
    """The goal has ended: it takes no more changes until it is opened again."""


class ObjectiveClosed(PlanRefusal):
    """How the objective went is written down already."""


class ActionEnded(PlanRefusal):
    """The action has ended."""


class OutcomeMissing(PlanRefusal):
    """A goal or an objective ends with a word on how."""

    field = "outcome"


class SignedNameDiffers(PlanRefusal):
    """The name typed under the plan is not the name of who is signed in."""

    field = "signed_name"


class NothingToSign(PlanRefusal):
    """An empty plan has nothing that a name could stand for."""


class ReviewDatePassed(PlanRefusal):
    """The plan would be looked at again on a day that isn't ahead."""

    field = "review_date"


class TheirWordsMissing(PlanRefusal):
    """ "Not signed yet" and "disagrees" come with the reason, in the person's words."""

    field = "client_words"
