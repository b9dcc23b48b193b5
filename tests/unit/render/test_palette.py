"""Contrast as WCAG 2.2 counts it: axe cannot judge text in SVG, so the palette itself is held to it."""

import re

import pytest

from milepost.resources import resource_folder

TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT), ("soft", "paper", TEXT), ("link", "paper", TEXT), ("late", "paper", TEXT),
    ("done", "paper", TEXT), ("work", "paper", TEXT), ("calm", "paper", TEXT),
    ("ink", "wash", TEXT), ("soft", "wash", TEXT), ("link", "wash", TEXT), ("late", "wash", TEXT),
    ("done", "done-wash", TEXT), ("late", "late-wash", TEXT), ("work", "work-wash", TEXT), ("calm", "calm-wash", TEXT),
    ("warn", "warn-wash", TEXT),
    ("ink", "work-wash", TEXT), ("soft", "work-wash", TEXT), ("link", "work-wash", TEXT), ("paper", "ink", TEXT),
    ("edge", "paper", SHAPE), ("edge", "wash", SHAPE), ("paper", "late", SHAPE), ("paper", "done", SHAPE),
    ("work", "paper", SHAPE),
]  # fmt: skip


def palettes() -> dict[str, dict[str, str]]:
    css = (resource_folder("templates") / "site" / "style.css").read_text(encoding="utf-8")
    light, dark = (block for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2])
    return {
        name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for name, block in {"light": light, "dark": dark}.items()
    }


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(scheme: str, front: str, back: str, least: float) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[front], palette[back]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    assert palettes()["light"].keys() == palettes()["dark"].keys()
