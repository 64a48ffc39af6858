"""Is the page of 2,000 sentences usable? Times in Chromium against a budget: python -m benchmarks.long_page."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.browser.examples import LONG, write_site

BUDGET = {"load": 6.0, "filter": 1.5, "details": 1.0, "jump": 1.5}
"""Seconds that each may take on two busy cores without a graphics card; on a reader's machine it is a fraction."""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def timed(page: Page, act: Callable[[], object]) -> float:
    """Seconds until what `act` changes has been drawn."""
    start = time.perf_counter()
    act()
    page.evaluate(DRAWN)
    return round(time.perf_counter() - start, 3)


def measure(page: Page, address: str) -> dict[str, float]:
    """Seconds for each of what a reader does first."""
    return {
        "load": timed(page, lambda: page.goto(address)),
        "filter": timed(page, lambda: page.locator("#show-report").check()),
        "details": timed(page, lambda: page.locator("#s1 .chips").evaluate("button => button.click()")),
        "jump": timed(page, lambda: page.locator(f".cell[href='#s{LONG - 4}']").evaluate("cell => cell.click()")),
    }


def main() -> int:
    """0 when everything keeps within the budget, else 1; prints what was measured."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        taken = measure(browser.new_page(), (write_site(Path(folder)) / "documents/long.html").as_uri())
    late = sorted(name for name, seconds in taken.items() if seconds > BUDGET[name])
    print(json.dumps({"sentences": LONG, "seconds": taken, "budget": BUDGET, "over budget": late}))
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
