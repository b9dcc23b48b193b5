"""Vague words: what is one, and the many texts that only look like it."""

from __future__ import annotations

import pytest

from milepost.rules.vague import vague_words

VAGUE = [
    ("Publishing gets better", ["better"]),
    ("Improve the importer", ["Improve"]),
    ("Optimised for phones, and optimizes itself", ["Optimised", "optimizes"]),
    ("The map is user-friendly and easy to use", ["user-friendly", "easy to use"]),
    ("A robust, scalable service", ["robust", "scalable"]),
    ("Pages load fast", ["load fast"]),
    ("Search is very quick", ["is very quick"]),
    ("Errors are answered as soon as possible", ["as soon as possible"]),
    ("CSV, XLSX, etc.", ["etc"]),
    ("Sign-up, maps and so on", ["and so on"]),
    ("Somebody answers soon", ["soon"]),
    ("Maps, tours and more", ["and more"]),
    ("Maps load faster and more reliably", ["faster", "more reliably"]),
    ("More reliable than before", ["More reliable"]),
    ("High-quality maps", ["High-quality"]),
    ("Everybody has a better map", ["better"]),
    ("Die Karte lädt schneller", ["schneller"]),
    ("Eine bessere, benutzerfreundliche Karte", ["bessere", "benutzerfreundliche"]),
    ("Fehler werden so bald wie möglich behoben", ["so bald wie möglich"]),
    ("Die Suche optimieren usw.", ["optimieren", "usw"]),
    ("Die Einrichtung wird einfacher", ["einfacher"]),
]

FINE = [
    "p95 publish time under 60 s",
    "Maps load 30 % faster than in May",
    "Twice as fast, and so easier for half of our testers",
    "Nobody needs a better map by post",
    "Zweimal in zehn Versuchen schneller als heute",
    "8 of 10 testers publish unaided",
    "An invited person publishes a map without help",
    "A map loads in two seconds on a cheap phone and a slow line",
    "Breakfast orders reach the kitchen",  # not: fast
    "The fast lane opens to members",
    "The shop “Better Maps” lists us",
    "The button `Make it faster` is gone",
    'The page "Easy to use" is translated',
    "Files below /etc/milepost are read",
    "etc/milepost.yaml is read",
    "The letter-by-letter search answers",
    "https://example.org/better/improve opens",
    "The improver's guide is printed",
    "A goods train is shown on the map",
    "Jede Seite gibt es auch in einfacher Sprache und in leichter Sprache",
    "In fast allen Städten gibt es eine Karte",
    "Ein sicherer Hafen ist eingezeichnet",
    "A place is on the map as soon as somebody adds it",
    "A ticket says how long it is good for",
    "Robusta plants are shown",
    "The team knows why each date moved",
    "Every promise that moved says by whom and why",
    "Both customers sign in as themselves",
]


@pytest.mark.parametrize(("text", "words"), VAGUE)
def test_a_vague_word_is_found(text: str, words: list[str]) -> None:
    assert vague_words(text) == words


@pytest.mark.parametrize("text", FINE)
def test_what_can_be_checked_is_left_alone(text: str) -> None:
    assert vague_words(text) == []


def test_each_word_is_said_once() -> None:
    assert vague_words("better and better") == ["better"]


def test_a_long_text_takes_no_time() -> None:
    assert vague_words("more " * 50_000 + '"' * 50_001) == []


@pytest.mark.parametrize("sign", ["“", "„", "«", "‘", '"', "`", "„x“ «"])
def test_signs_that_nobody_closes_take_a_moment(sign: str) -> None:
    assert vague_words(f"{sign * 100_000} better") == ["better"]


def test_what_follows_an_open_sign_is_a_claim() -> None:
    assert vague_words("“a better «nicer» `cleaner` map") == ["better"]
    assert vague_words('5" and “better”') == []
    assert vague_words("it is “better") == ["better"]
