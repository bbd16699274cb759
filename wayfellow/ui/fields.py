"""How a form's field looks: which component, with which label, hint and error. Forms themselves carry no classes.

A widget's `attrs` may ask for a look by these keys, which never reach the page:
`variant` (voice, seg, tall, fill, picks, checks, switch, pick), `icons` and `asides` (mappings by choice), `aside` (after the label).
"""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

WISHES = ("variant", "icons", "asides", "aside")
# Up to five short choices lie side by side; more, or longer ones, are cards.
SEGMENT_CHOICES, SEGMENT_LETTERS = 5, 44
BOXES = {"seg": "seg", "picks": "picks", "checks": "stack-s"}
SEGMENT_CSS = {"tall": "tall fill", "fill": "fill"}


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    name: str
    value: str
    label: Any
    type: str
    is_chosen: bool
    icon: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class FieldLook:
    """Everything `ui/_field.html` needs, decided here so that the template only prints."""

    kind: str  # control, seg, picks, checks, check, switch, pick, hidden, other
    id: str
    label: Any
    hint: Any
    errors: Sequence[str]
    control: SafeString | str = ""
    choices: Sequence[Choice] = field(default_factory=tuple)
    aside: str = ""
    css: str = ""
    is_optional: bool = False
    is_label_hidden: bool = False
    described_by: str = ""

    @property
    def hint_id(self) -> str:
        return f"{self.id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"

    @property
    def box(self) -> str:
        """The classes of the element around the choices."""
        return f"{BOXES.get(self.kind, '')} {self.css}".strip()

    @property
    def choice_css(self) -> str:
        return {"picks": "pick", "checks": "check"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class FormError:
    text: str
    target: str  # the id that the summary links to; "" for the form as a whole


def field_look(
    bound: BoundField,
    *,
    variant: str = "",
    label: Any = None,
    hint: Any = None,
    aside: Any = "",
    optional: bool = False,
    hide_label: bool = False,
    css: str = "",
    **attributes: Any,
) -> FieldLook:
    """The look of one bound field. Further keywords become attributes of the control, `_` for `-` (`autocomplete="email"`)."""
    wishes = {key: bound.field.widget.attrs.get(key) or "" for key in WISHES}
    widget = widget_bare(bound)
    variant = variant or wishes["variant"]
    kind = kind_of(widget, variant)
    hint = bound.help_text if hint is None else hint
    described = described_by(bound, hint)
    has_choices = kind in BOXES
    attrs = {key.replace("_", "-"): value for key, value in attributes.items()}
    return FieldLook(
        kind=kind,
        id=identity_of(bound),
        label=bound.label if label is None else label,
        hint=hint,
        errors=[str(error) for error in bound.errors],
        control="" if has_choices else control_of(bound, widget, variant, described, attrs),
        choices=choices_of(bound, widget, wishes) if has_choices else (),
        aside=aside or wishes["aside"],
        css=f"{css} {SEGMENT_CSS.get(variant, '')}".strip(),
        is_optional=optional,
        is_label_hidden=hide_label,
        described_by=described,
    )


def identity_of(bound: BoundField) -> str:
    return bound.auto_id or bound.html_name


def described_by(bound: BoundField, hint: Any) -> str:
    """The ids of what explains this field: its error first, then its hint."""
    identity = identity_of(bound)
    parts = [f"{identity}_error" if bound.errors else "", f"{identity}_helptext" if hint else ""]
    return " ".join(part for part in parts if part)


def widget_bare(bound: BoundField) -> Any:
    """A copy of the widget without our wishes among its attributes."""
    widget = copy.copy(bound.field.widget)
    widget.attrs = {key: value for key, value in widget.attrs.items() if key not in WISHES}
    # The browser's own bubbles would stop a form before our summary could say it; the server still asks.
    widget.use_required_attribute = lambda _initial: False  # type: ignore[method-assign]
    return widget


def control_of(bound: BoundField, widget: Any, variant: str, described: str, attrs: dict[str, Any]) -> SafeString:
    """The widget's own HTML with our class and what ties it to its error and hint. False leaves an attribute out."""
    classes = [css_of(widget, variant), widget.attrs.get("class", "")]
    ours = {
        "class": " ".join(name for name in classes if name) or False,
        "aria-describedby": described or False,
        "aria-invalid": "true" if bound.errors else False,
        "aria-required": "true" if bound.field.required else False,
    }
    return bound.as_widget(widget=widget, attrs=attrs | ours)


def kind_of(widget: forms.Widget, variant: str) -> str:
    """Which component draws this widget."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return variant if variant in ("picks", "checks") else "picks"
    if isinstance(widget, forms.RadioSelect):
        if variant in ("seg", "tall", "fill"):
            return "seg"
        if variant in ("picks", "checks"):
            return variant
        labels = [str(label) for _value, label in widget.choices]
        fits = len(labels) <= SEGMENT_CHOICES and sum(map(len, labels)) <= SEGMENT_LETTERS
        return "seg" if fits else "picks"
    if isinstance(widget, forms.CheckboxInput):
        return variant if variant in ("switch", "pick") else "check"
    if isinstance(widget, (forms.MultiWidget, forms.SelectDateWidget)):
        return "other"
    return "control"


def css_of(widget: forms.Widget, variant: str) -> str:
    """The class of a text-like control."""
    if isinstance(widget, forms.Textarea):
        return "area voice" if variant == "voice" else "area"
    if isinstance(widget, (forms.Select, forms.SelectDateWidget)):
        return "select"
    if isinstance(widget, (forms.CheckboxInput, forms.HiddenInput)):
        return ""
    return "input voice" if variant == "voice" else "input"


def choices_of(bound: BoundField, widget: Any, wishes: dict[str, Any]) -> list[Choice]:
    """The choices of a radio or multiple checkbox widget, in order, groups flattened."""
    icons, asides = wishes["icons"] or {}, wishes["asides"] or {}
    value = widget.format_value(bound.value())
    rows = []
    for option in widget.options(bound.html_name, value, {"id": identity_of(bound)}):
        key = str(option["value"])
        rows.append(
            Choice(
                id=option["attrs"].get("id", ""),
                name=option["name"],
                value=key,
                label=option["label"],
                type=option["type"],
                is_chosen=bool(option["selected"]),
                icon=icons.get(key, ""),
                aside=asides.get(key, ""),
            )
        )
    return rows


def errors_of(all_forms: Iterable[BaseForm]) -> list[FormError]:
    """Every error of these forms, first those of a form as a whole, each with the id to go to."""
    found = []
    for form in all_forms:
        if form is None or not form.is_bound or not form.errors:
            continue
        found += [FormError(str(text), "") for text in form.non_field_errors()]
        for bound in form:
            target = bound.id_for_label or bound.auto_id or ""
            if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
                target = f"{bound.auto_id}_0"
            found += [FormError(str(text), target) for text in bound.errors]
    return found
