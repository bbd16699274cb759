"""The components as tags: what they put on the page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from wayfellow.ui.templatetags.ui import hue_of, initials_of

TODAY = date(2026, 6, 9)


@dataclass
class Due:
    state: str
    words: str


def shown(source: str, **context) -> BeautifulSoup:
    return BeautifulSoup(Template(source).render(Context(context)), "html.parser")


def test_an_icon_is_a_hidden_use_of_the_sprite() -> None:
    icon = shown('{% ui_icon "check" %}').svg

    assert icon["aria-hidden"] == "true"
    assert icon.use["href"].endswith("ui/vendor/icons.svg#i-check")


def test_a_button_goes_somewhere_or_does_something() -> None:
    page = shown(
        '{% ui_button "Go" href="/there" kind="quiet" %}{% ui_button "Do" name="act" value="sign" hx_get="/x" %}'
    )

    assert page.a["href"] == "/there"
    assert page.a["class"] == ["btn", "quiet"]
    assert page.button["type"] == "submit"
    assert page.button["name"] == "act"
    assert page.button["hx-get"] == "/x"


def test_an_icon_button_keeps_its_words_for_a_screen_reader() -> None:
    button = shown('{% ui_button "More" icon="dots" kind="icon" %}').button

    assert button.find(class_="vh").text == "More"


@pytest.mark.parametrize("bad", ["onclick", "hx_on_click", "style"])
def test_a_button_refuses_handlers_and_styles(bad: str) -> None:
    with pytest.raises(ValueError, match="no inline"):
        shown(f'{{% ui_button "Go" {bad}="x" %}}')


def test_words_of_people_are_escaped_everywhere() -> None:
    evil = "<script>1</script>"
    page = shown(
        "{% ui_button evil %}{% ui_avatar 1 evil %}{% ui_due due %}{% ui_empty evil evil '/x' evil %}{% ui_said evil evil %}"
        "{% ui_note evil evil %}{% ui_toast evil %}",
        evil=evil,
        due=Due("late", evil),
    )

    assert page.script is None
    assert evil in page.find(class_="due").text


def test_a_hue_is_stable_and_one_of_six() -> None:
    hues = [hue_of(f"person-{number}") for number in range(300)]

    assert set(hues) == {1, 2, 3, 4, 5, 6}
    assert hue_of("0190b5b2-0000-7000-8000-000000000001") == hue_of("0190b5b2-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mari Vega", "MV"),
        ("Mari", "M"),
        ("mari de la vega", "MV"),
        ("“Zee” Amadi", "ZA"),
        ("", "·"),
        ("李 明", "李明"),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials_of(name) == letters


def test_due_words_carry_the_state() -> None:
    page = shown(
        "{% ui_due late %}{% ui_due done %}{% ui_due plain %}{% ui_due none %}",
        late=Due("late", "3 days late"),
        done=Due("done", "accepted"),
        plain=Due("", "Jun 18"),
        none=None,
    )
    late, done, plain = page.find_all(class_="due")

    assert late["class"] == ["due", "late"]
    assert late.text == "3 days late"
    assert done.svg is not None
    assert plain["class"] == ["due"]


@pytest.mark.parametrize(
    ("level", "bars", "words"),
    [(1, 1, "Light touch"), ("intensive", 4, "Intensive"), ("light_touch", 1, "Light touch"), (None, 0, "Not set")],
)
def test_a_support_level_is_said_in_words_too(level, bars: int, words: str) -> None:
    page = shown("{% ui_acuity level %}", level=level)

    assert len(page.find_all("i", class_="on")) == bars
    assert page.find(class_="vh").text == f"Support level: {words}"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 9), "today"),
        (date(2026, 6, 10), "tomorrow"),
        (date(2026, 6, 8), "yesterday"),
        (date(2026, 6, 18), "Jun 18"),
        (date(2027, 1, 4), "Jan 4, 2027"),
        (date(2025, 12, 31), "Dec 31, 2025"),
    ],
)
def test_days_are_said_as_people_say_them(day: date, words: str) -> None:
    page = shown("{% ui_day day today %}<b>{{ day|ui_day:today }}</b>", day=day, today=TODAY)

    assert page.time.text == words
    assert page.time["datetime"] == day.isoformat()
    assert page.b.text == words


def test_a_day_without_a_today_has_its_year() -> None:
    assert shown("{{ day|ui_day }}", day=TODAY).text == "Jun 9, 2026"


def test_a_moment_is_the_day_of_the_active_time_zone() -> None:
    late_evening = datetime(2026, 6, 10, 2, 30, tzinfo=UTC)

    with timezone.override("America/New_York"):
        assert shown("{% ui_day at today %}", at=late_evening, today=TODAY).text == "today"


@pytest.mark.parametrize(("hour", "words"), [(4, "12:30 am"), (13, "9:30 am"), (16, "12:30 pm"), (17, "1:30 pm")])
def test_a_time_is_said_as_people_say_it_in_the_active_time_zone(hour: int, words: str) -> None:
    with timezone.override("America/New_York"):
        assert shown("{{ at|ui_time }}", at=datetime(2026, 6, 9, hour, 30, tzinfo=UTC)).text == words


def test_nothing_is_shown_for_no_day() -> None:
    assert shown("{% ui_day none today %}{{ none|ui_day:today }}{{ none|ui_time }}", none=None, today=TODAY).text == ""


def test_a_cached_day_keeps_its_language() -> None:
    with translation.override("es"):
        spanish = shown("{{ day|ui_day:today }}", day=date(2026, 1, 18), today=TODAY).text

    assert spanish.lower().startswith("ene")
    assert shown("{{ day|ui_day:today }}", day=date(2026, 1, 18), today=TODAY).text == "Jan 18"


def test_a_pager_keeps_the_other_parameters() -> None:
    page = Paginator(range(60), 25).page(2)
    request = RequestFactory().get("/clients/", {"view": "late", "page": "2"})

    links = {
        link["rel"][0]: link["href"] for link in shown("{% ui_pager page %}", page=page, request=request).find_all("a")
    }

    assert links == {"prev": "?view=late&page=1", "next": "?view=late&page=3"}


def test_a_pager_of_one_page_says_how_many_and_offers_no_way_on() -> None:
    pager = shown('{% ui_pager page by="by name" %}', page=Paginator(range(3), 25).page(1))

    assert pager.p.text == "1 to 3 of 3, by name"
    assert pager.a is None


def test_a_pager_of_nothing_is_nothing() -> None:
    assert shown("{% ui_pager page %}", page=Paginator([], 25).page(1)).text.strip() == ""


def test_an_empty_place_has_one_way_to_begin() -> None:
    page = shown(
        '{% ui_empty "Nothing is due. That’s real." %}{% ui_empty "No notes yet" "Notes tell." "/new" "Write one" %}'
    )

    assert [link.text for link in page.find_all("a")] == ["Write one"]
