"""Pictures of the pages for README and docs: python -m tests.browser.screenshots REPORTS OUT."""

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
    Picture("comparison", "comparison.html"),
)
WIDTH, HEIGHT = 1280, 860


def main(reports: Path, out: Path) -> None:
    """Take every picture whose page is there."""
    out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for picture in PICTURES:
            if not (reports / picture.page).is_file():
                print(f"{picture.name}: there is no {reports / picture.page}", file=sys.stderr)
                continue
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=picture.scheme)
            page.goto((reports / picture.page).resolve().as_uri())
            if picture.at:
                page.locator(picture.at).evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
            if picture.click:
                page.locator(picture.click).click()
            page.screenshot(path=out / f"{picture.name}.png")
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
