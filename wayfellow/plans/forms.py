"""Forms of the plan: they clean and explain, and never save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.assessments.models import LifeDomain, Need
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.kernel.texts import joined
from wayfellow.plans import rules
from wayfellow.plans.models import Goal, Intervention, Objective, Signature
from wayfellow.plans.services import PlanRefusal
from wayfellow.programs.models import Staff
from wayfellow.ui.pages import go_on_from

DAY_WORDS = gettext_lazy("Write the day like 2026-06-18, or leave it open.")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that was written differently in two places."""

    name: str
    label: Any
    theirs: str
    mine: str


class SentenceField(forms.CharField):
    """One sentence, in a box that shows a long one whole; line breaks become spaces."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> Any:
        return " ".join(super().to_python(value).split())


def _words(model: Any, name: str, kind: type[forms.CharField] = forms.CharField, **more: Any) -> forms.CharField:
    """A text, as long as the column holds it."""
    column: Any = model._meta.get_field(name)
    more.setdefault("label", capfirst(column.verbose_name))
    return kind(max_length=column.max_length, **more)


def _voice(**more: Any) -> Any:
    return forms.Textarea(attrs={"variant": "voice", "rows": 3} | more)


def _day(label: Any, **more: Any) -> forms.DateField:
    more = {"required": False, "error_messages": {"invalid": DAY_WORDS}} | more
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class BoardForm(forms.Form):
    """A form about one row of the board. row: the one that is changed, None for a new one. draft: what was written before, if anything.

    place: the key of what a new one hangs on: several forms can be open in one page, and their fields' ids must differ.
    After `stand_against`, `differences` holds what somebody else saved meanwhile, and the form carries their version.
    """

    # Long texts of which both can be kept, theirs first.
    JOINED: ClassVar[tuple[str, ...]] = ()
    # Left empty, these follow something else, which is no difference.
    FOLLOWING: ClassVar[tuple[str, ...]] = ()

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        row: Any = None,
        draft: Mapping[str, Any] | None = None,
        start: Mapping[str, Any] | None = None,
        place: Any = "",
    ) -> None:
        begun = {"key": new_id()} | dict(start or {}) | self.values_of(row) | dict(draft or {})
        super().__init__(*args, initial=begun, auto_id=f"id_{place or getattr(row, 'pk', 'new')}_%s")
        self.row = row
        self.differences: list[Difference] = []

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        """What the fields hold for this row."""
        if row is None:
            return {}
        return {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}

    @property
    def can_keep_both(self) -> bool:
        return any(one.name in self.JOINED for one in self.differences)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if self.data.get("both") and self.row is not None:
            for name in self.JOINED:
                cleaned[name] = joined(getattr(self.row, name), cleaned.get(name, ""))
        return cleaned

    def stand_against(self, refusal: Changed) -> None:
        """Somebody saved in between: show both, and let the next press save what this form holds then."""
        theirs = self.values_of(refusal.theirs)
        for bound in self.visible_fields():
            name, mine, kept = bound.name, self.cleaned_data.get(bound.name), theirs.get(bound.name)
            follows = name in self.FOLLOWING and not mine
            if name in theirs and not follows and (mine or None) != (kept or None):
                self.differences.append(Difference(name, bound.label, self.said(name, kept), self.said(name, mine)))
        go_on_from(self, refusal)

    def refused(self, refusal: PlanRefusal) -> None:
        """Put the words of a refusal beside the field they belong to."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

    def said(self, name: str, value: Any) -> str:
        """A value as people read it: the label of a choice, "nothing" for none."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(str(value or ""), value)  # type: ignore[call-overload]
        return str(value) if value else _("nothing")


class StartForm(forms.Form):
    """The key of the plan that is begun."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class OwnWordsForm(forms.Form):
    """What the person wants, in their words. seen: fingerprint of the words that stood there."""

    seen = forms.CharField(widget=forms.HiddenInput)
    own_words = forms.CharField(
        label=gettext_lazy("What do you want to be different?"), required=False, widget=_voice(rows=3)
    )

    def __init__(self, *args: Any, words: str, draft: Mapping[str, Any] | None = None) -> None:
        super().__init__(*args, initial={"own_words": words, "seen": rules.fingerprint(words)} | dict(draft or {}))
        self.words = words
        self.differences: list[Difference] = []
        self.can_keep_both = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if self.data.get("both"):
            cleaned["own_words"] = joined(self.words, cleaned.get("own_words", ""))
        return cleaned

    def stand_against(self, refusal: Changed) -> None:
        """Somebody wrote other words in between: show both."""
        theirs = getattr(refusal.theirs, "own_words", "")
        label, mine = self.fields["own_words"].label, self.cleaned_data["own_words"]
        self.differences.append(Difference("own_words", label, theirs or _("nothing"), mine or _("nothing")))
        self.can_keep_both = True
        self.data = self.data.copy()
        self.data["seen"] = rules.fingerprint(theirs)
        self.add_error(None, refusal.message)


class GoalForm(BoardForm):
    """A goal, in words that the person would use."""

    JOINED = ("words",)
    FOLLOWING = ("domain",)

    title = _words(
        Goal,
        "title",
        SentenceField,
        help_text=gettext_lazy("What will be different, so that anyone can see it."),
        error_messages={"required": gettext_lazy("Write the goal in one sentence.")},
    )
    words = _words(Goal, "words", required=False, widget=_voice(rows=2))
    need = forms.ChoiceField(label=gettext_lazy("Which need it answers"), required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Part of life"), required=False)
    target_date = _day(gettext_lazy("By when"))

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = {str(need.pk): need for need in needs}
        open_ones = [
            need for need in self.needs.values() if not need.closed_at or need.pk == getattr(self.row, "need_id", None)
        ]
        self.fields["need"].choices = [("", _("No need named yet")), *((str(one.pk), one.title) for one in open_ones)]
        self.fields["domain"].choices = [("", _("The same as the need")), *LifeDomain.choices]

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        return super().values_of(row) | ({"need": str(row.need_id or "")} if row is not None else {})

    def answers(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data | {"need": self.needs.get(self.cleaned_data["need"])}


class ObjectiveForm(BoardForm):
    """A step that can be seen to happen."""

    title = _words(
        Objective,
        "title",
        SentenceField,
        help_text=gettext_lazy("One step, small enough to happen."),
        error_messages={"required": gettext_lazy("Write the objective in one sentence.")},
    )
    measure = _words(Objective, "measure", required=False, help_text=gettext_lazy("Counted, shown, or in their diary."))
    baseline = _words(Objective, "baseline", required=False)
    aim = _words(Objective, "aim", required=False)
    due_date = _day(gettext_lazy("By when"))

    def answers(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data


class InterventionForm(BoardForm):
    """Who does what, how often, where."""

    SOMEONE, CLIENT, NOBODY = "someone", "client", ""

    title = _words(
        Intervention,
        "title",
        SentenceField,
        error_messages={"required": gettext_lazy("Write what is done, in a few words.")},
    )
    doer = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    who = _words(Intervention, "who", required=False, label=gettext_lazy("Their name, if it is someone else"))
    how_often = _words(
        Intervention, "how_often", required=False, help_text=gettext_lazy("Weekly, once by Friday, each morning.")
    )
    where = _words(Intervention, "where", required=False)
    objective = forms.ChoiceField(label=gettext_lazy("Which objective it serves"), required=False)

    def __init__(
        self, *args: Any, staff: Iterable[Staff], objectives: Iterable[Objective], client_name: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.client_name = client_name
        self.objectives = {str(one.pk): one for one in objectives}
        people = {str(one.pk): one.name for one in staff}
        if self.row is not None and self.row.staff_id:
            people.setdefault(str(self.row.staff_id), self.row.who)
        if self.initial.get("doer") == self.SOMEONE and self.initial.get("who") == client_name:
            self.initial |= {"doer": self.CLIENT, "who": ""}
        self.fields["doer"].choices = [
            (self.NOBODY, _("Not settled yet")),
            (self.CLIENT, client_name),
            *people.items(),
            (self.SOMEONE, _("Someone else, in my words")),
        ]
        titles = [(str(one.pk), one.title) for one in self.objectives.values()]
        self.fields["objective"].choices = [("", _("The goal as a whole")), *titles]

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        if row is None:
            return {}
        doer = str(row.staff_id) if row.staff_id else cls.SOMEONE if row.who else cls.NOBODY
        mine = {"doer": doer, "objective": str(row.objective_id or ""), "who": "" if row.staff_id else row.who}
        return super().values_of(row) | mine

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("doer") == self.SOMEONE and not cleaned.get("who"):
            self.add_error("who", ValidationError(_("Write who it is, or choose “Not settled yet”.")))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the service takes: a colleague by key, anyone else by name."""
        values = dict(self.cleaned_data)
        doer, who = values.pop("doer"), values.pop("who")
        is_staff = doer not in (self.SOMEONE, self.CLIENT, self.NOBODY)
        names = {self.CLIENT: self.client_name, self.SOMEONE: who}
        return values | {
            "staff_id": UUID(doer) if is_staff else None,
            "who": names.get(doer, ""),
            "objective": self.objectives.get(values["objective"]),
        }


class CloseForm(BoardForm):
    """How a goal or an objective went."""

    key = None  # type: ignore[assignment]  # closing twice with the same words is one closing
    status = forms.ChoiceField(
        label=gettext_lazy("How it went"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )
    outcome = _words(
        Objective,
        "outcome",
        label=gettext_lazy("In a few words"),
        error_messages={"required": gettext_lazy("Write in a few words how it went.")},
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(code, label) for code, label in choices if code != Goal.Status.ACTIVE]

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        return {} if row is None else {"version": row.version}


class SignForm(BoardForm):
    """The worker's name, and how the person stands to the plan."""

    HOWS = (Signature.How.SPOKEN, Signature.How.PAPER, Signature.How.NOT_YET, Signature.How.DISAGREES)

    review_date = _day(
        gettext_lazy("Look at it again on"),
        required=True,
        error_messages={
            "required": gettext_lazy("Choose the day to look at the plan again."),
            "invalid": gettext_lazy("Write the day like 2026-06-18."),
        },
    )
    client_signer = forms.ChoiceField(
        label=gettext_lazy("Who agrees to it"),
        choices=[
            (Signature.Signer.CLIENT, gettext_lazy("The person")),
            (Signature.Signer.GUARDIAN, gettext_lazy("Their guardian")),
        ],
        widget=forms.RadioSelect,
        initial=Signature.Signer.CLIENT,
    )
    client_name = _words(
        Signature,
        "name",
        label=gettext_lazy("Their name"),
        error_messages={"required": gettext_lazy("Write the name of who agrees to it.")},
    )
    client_how = forms.ChoiceField(
        label=gettext_lazy("How they stand to it"),
        choices=[(how, how.label) for how in HOWS],
        widget=forms.RadioSelect(attrs={"variant": "picks"}),
        error_messages={
            "required": gettext_lazy("Choose how they stand to the plan. “Not signed yet” is an answer, too.")
        },
    )
    client_words = _words(
        Signature,
        "words",
        required=False,
        label=gettext_lazy("Because"),
        help_text=gettext_lazy("For “not signed yet” and “disagrees”, in their words."),
    )
    signed_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=160,
        error_messages={"required": gettext_lazy("Type your name to sign.")},
    )

    def __init__(self, *args: Any, review: date, client_name: str, my_name: str, **kwargs: Any) -> None:
        start = {"review_date": review, "client_name": client_name, "client_signer": Signature.Signer.CLIENT}
        super().__init__(*args, start=start, **kwargs)
        self.fields["signed_name"].help_text = _("As it stands here: %(name)s.") % {"name": my_name}

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        return {} if row is None else {"version": row.version}
