"""What forms of all packages share."""

from django import forms

from wayfellow.kernel.ids import new_id


class KeyedForm(forms.Form):
    """A form that makes something: its key makes sending it twice one row. What is begun already brings its own key as initial."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
