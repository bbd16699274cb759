"""The shells: what stands around a page, with and without somebody signed in."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from wayfellow.ui import plain, views
from wayfellow.ui.context import ui
from wayfellow.ui.gallery import gallery_context, gallery_shell
from wayfellow.ui.shell import Banner, Shell

PAGE = '{% extends "ui/page.html" %}{% block title %}Care plan{% endblock %}{% block content %}<h1>Care plan</h1>{% endblock %}'


def page(**context) -> BeautifulSoup:
    return BeautifulSoup(Template(PAGE).render(Context(context)), "html.parser")


def test_a_title_names_the_page_and_the_product() -> None:
    assert page(shell=gallery_shell()).title.text == "Care plan · Wayfellow"


def test_the_source_order_is_the_reading_order() -> None:
    soup = page(shell=gallery_shell())
    found = [
        tag
        for tag in soup.find_all(True)
        if (tag.get("class") and {"skip", "rail", "mobilebar", "tabbar"} & set(tag["class"])) or tag.name == "main"
    ]

    assert [tag.name if tag.name == "main" else tag["class"][0] for tag in found] == [
        "skip",
        "rail",
        "mobilebar",
        "main",
        "tabbar",
    ]
    assert soup.find(class_="skip")["href"] == "#main"
    assert soup.main["id"] == "main"


def test_only_given_places_are_shown() -> None:
    shell = gallery_shell()
    soup = page(shell=replace(shell, places=shell.places[:2], jump_url="", new_note_url="", recent=()))

    assert [link.find(class_="lbl").text for link in soup.find(class_="rail-nav").find_all("a")] == ["Today", "Clients"]
    assert soup.find(class_="jump") is None
    assert soup.find(class_="make") is None
    assert soup.find(class_="rail-mini") is None


def test_the_foot_of_a_phone_reaches_every_place() -> None:
    soup = page(shell=gallery_shell())

    assert {link["href"] for link in soup.find(class_="rail-nav").find_all("a")} <= {
        link["href"] for link in soup.find(class_="tabbar").find_all("a")
    }


def test_safety_is_in_the_rail_and_in_the_bar_of_a_phone() -> None:
    soup = page(shell=gallery_shell())

    assert soup.find(class_="rail").find("a", href="#safety") is not None
    assert soup.find(class_="mobilebar").find("a", href="#safety") is not None


def test_without_a_shell_there_is_nothing_to_find() -> None:
    soup = page(shell=None)

    assert soup.h1.text == "Care plan"
    assert soup.find(class_="rail") is None
    assert soup.nav is None
    assert soup.dialog is None


def test_signing_out_is_a_form_with_a_token() -> None:
    form = page(shell=Shell(sign_out_url="/out/"), csrf_token="t" * 64).find("form", action="/out/")

    assert form["method"] == "post"
    assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"] == "t" * 64


def test_the_lock_warns_only_when_it_has_a_door() -> None:
    assert page(shell=gallery_shell()).find(id="idle") is None

    soup = page(shell=replace(gallery_shell(), lock_url="/lock/", lock_minutes=10))

    assert soup.body["data-idle-url"] == "/lock/"
    assert soup.body["data-behaviour"].split() == ["keys", "idle"]
    assert soup.find(id="idle") is not None


def test_keys_can_be_switched_off() -> None:
    soup = page(shell=replace(gallery_shell(), is_keys_on=False))

    assert "keys" not in soup.body["data-behaviour"].split()
    assert soup.find(id="keys-help") is None


def test_banners_stand_above_the_page() -> None:
    soup = page(shell=replace(gallery_shell(), banners=[Banner("No restore is proven", "Ask.", kind="honey")]))

    assert soup.find(class_="banners").find(class_="honey").text.startswith("No restore is proven")


def test_htmx_is_configured_once_and_keeps_no_page() -> None:
    soup = page(shell=gallery_shell(), csrf_token="abc")
    config = soup.find("meta", attrs={"name": "htmx-config"})["content"]

    assert '"allowEval":false' in config
    assert '"code":"422","swap":true' in config
    assert soup.body["hx-history"] == "false"
    assert soup.body["hx-headers"] == '{"X-CSRFToken": "abc"}'


def test_a_writing_page_gives_the_foot_to_its_acts() -> None:
    source = '{% extends "ui/page_writing.html" %}{% block title %}Note{% endblock %}'
    soup = BeautifulSoup(Template(source).render(Context({"shell": gallery_shell()})), "html.parser")

    assert soup.find(class_="app")["class"] == ["app", "has-foot"]
    assert soup.find(class_="app")["data-rail"] == "slim"
    assert soup.find(class_="tabbar") is None


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")])
def test_only_two_themes_are_believed(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    soup = page(shell=None, **ui(request))

    assert soup.html.get("data-theme", "") == theme


def test_a_page_says_its_language() -> None:
    with translation.override("es"):
        assert page(shell=None).html["lang"] == "es"


def test_choosing_a_theme_returns_only_to_this_site() -> None:
    request = RequestFactory().post("/theme", {"theme": "dark", "next": "https://elsewhere.example/"})
    response = views.theme(request)

    assert response.url == "/"
    assert response.cookies["theme"].value == "dark"
    assert views.theme(RequestFactory().post("/theme", {"theme": "neon", "next": "/here"})).url == "/here"


def test_hidden_and_missing_are_the_same_bytes_without_a_token() -> None:
    missing, hidden = plain.not_here(RequestFactory().get("/a")), plain.not_here(RequestFactory().get("/b"))

    assert missing.content == hidden.content
    assert b"csrf" not in missing.content
    assert b"<script" not in missing.content
    assert missing.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("answer", "status"), [(plain.unavailable, 503), (plain.broken, 500)])
def test_trouble_says_the_reference_that_the_log_has(answer, status: int) -> None:
    response = answer(None)

    assert response.status_code == status
    assert response.headers["X-Wayfellow-Reference"].encode() in response.content
    assert b"988" in response.content


def test_a_locked_door_answers_a_script_with_a_piece_and_a_form_with_a_page() -> None:
    factory = RequestFactory()
    piece = plain.locked(factory.post("/x", headers={"X-Requested-With": "fetch"}), "/lock/")
    whole = plain.locked(factory.post("/x"), "/lock/")

    assert piece.status_code == whole.status_code == HTTPStatus.FORBIDDEN
    assert b"<html" not in piece.content
    assert b"<html" in whole.content
    assert b'href="/lock/"' in piece.content
    assert b'href="/lock/"' in whole.content


@pytest.mark.parametrize("template", ["ui/door.html", "ui/form_too_old.html", "ui/gallery.html"])
def test_each_page_has_one_main_and_unique_ids(template: str) -> None:
    soup = BeautifulSoup(render_to_string(template, gallery_context(posted=None)), "html.parser")
    ids = [tag["id"] for tag in soup.find_all(id=True)]

    assert len(soup.find_all("main")) == 1
    assert len(ids) == len(set(ids))
    assert len(soup.find_all("h1")) == 1


def test_the_gallery_shows_every_error_of_its_form() -> None:
    soup = BeautifulSoup(render_to_string("ui/gallery.html", gallery_context(posted={})), "html.parser")

    assert len(soup.find(class_="errbox").find_all("a")) == len(gallery_context(posted={})["form"].errors)
