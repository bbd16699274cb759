"""Fields: label above, hint under, error between, tied together for those who don't see it."""

from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

EMPTY = object()


class VisitForm(forms.Form):
    minutes = forms.IntegerField(
        label="How long", help_text="In minutes", error_messages={"required": "Add the minutes."}
    )
    words = forms.CharField(label="Words", widget=forms.Textarea(attrs={"variant": "voice", "rows": 2}))
    program = forms.ChoiceField(label="Program", choices=[("a", "Community support"), ("b", "Housing")])
    kind = forms.ChoiceField(
        label="How",
        choices=[("home", "Home"), ("phone", "Phone")],
        widget=forms.RadioSelect(attrs={"icons": {"home": "home"}}),
    )
    reason = forms.ChoiceField(
        label="Why",
        choices=[("a", "They asked for it when we last spoke"), ("b", "Something else, in my words")],
        widget=forms.RadioSelect,
        required=False,
    )
    threads = forms.MultipleChoiceField(
        label="Threads",
        choices=[("s", "Sleep"), ("w", "Work")],
        widget=forms.CheckboxSelectMultiple(attrs={"asides": {"s": "PHQ-9"}}),
        required=False,
    )
    agreed = forms.BooleanField(label="Agreed", required=False)
    readable = forms.BooleanField(
        label="Readable", widget=forms.CheckboxInput(attrs={"variant": "switch"}), required=False
    )
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    start = forms.TimeField(label="Start", widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    email = forms.EmailField(label="E-mail", required=False)
    tel = forms.CharField(label="Phone", widget=forms.TextInput(attrs={"type": "tel"}), required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("This visit overlaps another one.")


def field(name: str, data=None, wishes: str = "", initial=None) -> BeautifulSoup:
    form = VisitForm(data, initial=initial)
    source = f"{{% ui_field form.{name} {wishes} %}}"
    return BeautifulSoup(Template(source).render(Context({"form": form})), "html.parser")


def test_a_text_field_has_label_hint_and_class() -> None:
    box = field("minutes")

    assert box.label["for"] == box.input["id"] == "id_minutes"
    assert box.input["class"] == ["input"]
    assert box.find(id=box.input["aria-describedby"]).text == "In minutes"
    assert "aria-invalid" not in box.input.attrs


def test_the_browser_never_stops_a_form_before_our_summary() -> None:
    box = field("minutes")

    assert "required" not in box.input.attrs
    assert box.input["aria-required"] == "true"


def test_an_error_stands_between_label_and_field() -> None:
    box = field("minutes", data={})
    inside = [
        tag.name + "." + ".".join(tag.get("class", [])) for tag in box.find(class_="field").find_all(recursive=False)
    ]

    assert inside == ["label.", "div.errmsg", "input.input", "p.hint"]
    assert box.input["aria-invalid"] == "true"
    assert box.input["aria-describedby"].split() == ["id_minutes_error", "id_minutes_helptext"]
    assert box.find(id="id_minutes_error").text.strip() == "Add the minutes."
    assert "err" in box.find(class_="field")["class"]


def test_what_was_typed_stays() -> None:
    assert field("minutes", data={"minutes": "a while"}).input["value"] == "a while"


def test_a_voice_field_asks_by_its_widget_and_the_wish_stays_inside() -> None:
    area = field("words").textarea

    assert area["class"] == ["area", "voice"]
    assert "variant" not in area.attrs


def test_a_select_is_a_select() -> None:
    assert field("program").find("select")["class"] == ["select"]


def test_few_short_choices_lie_in_a_segment_with_icons() -> None:
    box = field("kind", initial={"kind": "phone"})

    assert box.fieldset.legend.text.strip() == "How"
    assert len(box.find(class_="seg").find_all("input", type="radio")) == 2
    assert box.find("input", checked=True)["value"] == "phone"
    assert box.find("label", attrs={"for": "id_kind_0"}).svg is not None


def test_long_choices_are_cards() -> None:
    assert len(field("reason").find(class_="picks").find_all("label", class_="pick")) == 2


def test_a_chosen_variant_wins() -> None:
    assert field("kind", wishes='variant="picks"').find(class_="picks") is not None
    assert set(field("kind", wishes='variant="tall"').find(class_="seg")["class"]) == {"seg", "tall", "fill"}


def test_several_choices_keep_what_was_chosen() -> None:
    box = field("threads", data={"threads": ["s", "w"]})

    assert [tag["value"] for tag in box.find_all("input", checked=True)] == ["s", "w"]
    assert box.find(class_="aside").text == "PHQ-9"


def test_a_group_of_choices_says_its_error() -> None:
    box = field("kind", data={})

    assert box.fieldset["aria-describedby"] == "id_kind_error"


def test_a_checkbox_and_a_switch_stand_before_their_words() -> None:
    assert field("agreed").label["class"] == ["check"]
    assert field("readable").label["class"] == ["switch"]
    assert field("agreed", data={"agreed": "on"}).input.has_attr("checked")


def test_other_inputs_keep_their_kind() -> None:
    assert [field(name).input["type"] for name in ("day", "start", "email", "tel")] == ["date", "time", "email", "tel"]


def test_a_hidden_field_has_no_label() -> None:
    box = field("key")

    assert box.input["type"] == "hidden"
    assert box.label is None


def test_wishes_of_the_template() -> None:
    box = field("minutes", wishes='label="Minutes" hint="" optional=True autocomplete="off" aside="about"')

    assert box.label.text.split() == ["Minutes", "about", "if", "you", "like"]
    assert box.find(class_="hint") is None
    assert box.input["autocomplete"] == "off"


def test_a_field_drawn_twice_keeps_its_wishes() -> None:
    form = VisitForm()
    source = Template("{% ui_field form.words %}{% ui_field form.words %}")

    assert source.render(Context({"form": form})).count("area voice") == 2


def errors(data) -> BeautifulSoup:
    return BeautifulSoup(Template("{% ui_errors form %}").render(Context({"form": VisitForm(data)})), "html.parser")


def test_the_summary_links_every_error_to_its_field() -> None:
    box = errors({"words": "x", "program": "a", "key": "k"})

    assert box.div["role"] == "alert"
    assert box.div["data-behaviour"] == "errors-focus"
    assert [link["href"] for link in box.find_all("a")] == ["#id_minutes", "#id_kind_0"]
    assert "This visit overlaps another one." in box.text
    assert box.h2.text == "3 things before you go on"


def test_each_link_of_the_summary_has_a_target_on_the_page() -> None:
    form = VisitForm({})
    page = BeautifulSoup(
        Template("{% ui_errors form %}{% for field in form %}{% ui_field field %}{% endfor %}").render(
            Context({"form": form})
        ),
        "html.parser",
    )

    assert page.find_all("a")
    assert all(page.find(id=link["href"][1:]) for link in page.find_all("a"))


def test_no_summary_while_all_is_well() -> None:
    assert errors(None).text.strip() == ""
