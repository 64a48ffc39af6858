"""What axe-core finds against WCAG 2.2, levels A and AA, and its best practices: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 360])
def test_axe_finds_nothing(page: Page, site: Path, scheme: Literal["light", "dark"], width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for path in sorted(site.rglob("*.html")):
        if path.stem != "long":
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
            assert violations(page) == [], path.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [1300, 360])
def test_axe_finds_nothing_in_a_comparison(
    page: Page,
    comparison_page: Path,
    scheme: Literal["light", "dark"],
    media: Literal["screen", "print"],
    width: int,
) -> None:
    page.emulate_media(color_scheme=scheme, media=media)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(comparison_page.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_opened(page: Page, site: Path, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto((site / "documents/ordinary.html").as_uri())
    page.locator("#s2 .chips").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#show-report").check()
    assert violations(page) == []
