"""Pictures of the pages for README and docs: python -m tests.browser.screenshots REPORTS COMPARISON OUT."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, NamedTuple

from .chromium import chromium


class Picture(NamedTuple):
    """What is seen of which page."""

    name: str
    page: str
    scheme: Literal["light", "dark"] = "light"
    click: str = ""
    """What is clicked before."""
    at: str = ""
    """What is scrolled to the top of the window."""


PICTURES = (
    Picture("index", "index.html", at="#shares"),
    Picture("document", "documents/editorial-02.html", click="#s8 .chips"),
    Picture("document-dark", "documents/editorial-02.html", "dark"),
    Picture("model", "model.html", at="#curves"),
)
WIDTH, HEIGHT = 1280, 860


def main(reports: Path, comparison: Path, out: Path) -> None:
    """Take every picture of the site, and one of a comparison."""
    out.mkdir(parents=True, exist_ok=True)
    pictures = [(picture, reports / picture.page) for picture in PICTURES]
    pictures.append((Picture("comparison", comparison.name, at="#texts"), comparison))
    with chromium() as browser:
        for picture, path in pictures:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=picture.scheme)
            page.goto(path.resolve().as_uri())
            if picture.at:
                page.locator(picture.at).evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
            if picture.click:
                page.locator(picture.click).click()
            page.screenshot(path=out / f"{picture.name}.png")
            page.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
