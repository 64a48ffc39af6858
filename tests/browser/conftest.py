"""The browser, the example's pages, and a page that minds what it should not see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.test_comparison import html

from .examples import write_site

if TYPE_CHECKING:  # the packages are there only where `make test-browser` put them
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from .chromium import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def comparison_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of a text side by side, with every kind of row."""
    path = tmp_path_factory.mktemp("comparison") / "comparison.html"
    path.write_text(html(), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose console must stay silent, and that may ask for nothing but files."""
    opened = browser.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("request", lambda request: None if request.is_navigation_request() else told.append(request.url))
    yield opened
    opened.close()
    assert told == []
