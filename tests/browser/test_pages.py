"""The pages in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .examples import LONG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def names(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def go(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())


def open_details(page: Page) -> list[str]:
    return list(page.eval_on_selector_all(".details:popover-open", "all => all.map(one => one.id)"))


def test_every_page_loads_in_silence_and_asks_for_nothing(page: Page, site: Path) -> None:
    for path in names(site):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == "rgb(253, 252, 249)"  # the style sheet is obeyed


def test_a_hostile_document_runs_no_script(page: Page, site: Path) -> None:
    for path in names(site):
        page.goto(path.as_uri())
        assert page.title() != "taken"
        assert page.locator("script").count() == 1
        assert page.locator("img").count() == 0
    (hostile,) = [path for path in names(site) if path.name.startswith("script-")]
    page.goto(hostile.as_uri())
    assert "<script>document.title = 'taken'</script>" in page.locator("article").inner_text()


def test_a_label_is_brought_out(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.get_by_label("Report", exact=False).first.check()
    assert page.locator(".found").inner_text() == "3 of 5 sentences"
    marks = page.eval_on_selector_all(
        ".sentence .chips", "all => all.map(one => getComputedStyle(one).visibility === 'visible')"
    )
    assert marks == [True, False, True, False, True]
    page.locator("#show-all").check()
    assert page.locator(".found").inner_text() == ""


def test_the_filter_works_by_keyboard(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#show-report").is_checked()


def test_without_script_a_page_can_be_read_filtered_and_asked(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site, "documents/ordinary.html")
    page.locator("#show-statistic").check()
    assert page.locator("#s5 .chips").is_visible()
    assert not page.locator("#s3 .chips").is_visible()
    page.locator("#show-all").check()
    page.locator("#s2 .chips").click()
    assert page.locator("#d2").is_visible()
    context.close()


def test_pointing_at_a_sentences_letters_shows_its_details(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.locator("#s2 .chips").hover()
    page.locator("#d2").wait_for(state="visible")
    assert "rule “prediction will” +2.5" in page.locator("#d2").inner_text()
    page.locator("#d2").hover()  # the pointer may go there without losing it
    page.wait_for_timeout(500)
    assert open_details(page) == ["d2"]
    page.mouse.move(5, 5)
    page.locator("#d2").wait_for(state="hidden")


def test_what_is_clicked_stays_until_it_is_dismissed(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.locator("#s2 .chips").click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    assert open_details(page) == ["d2"]
    page.keyboard.press("Escape")
    assert open_details(page) == []


def test_details_by_keyboard(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    assert open_details(page) == ["d0"]
    page.keyboard.press("ArrowRight")
    assert open_details(page) == ["d2"]  # the byline between is not labelled
    page.keyboard.press("End")
    assert open_details(page) == ["d5"]
    page.keyboard.press("Escape")
    assert open_details(page) == []
    page.locator("#show-report").check()
    page.locator("#s0 .chips").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.parentElement.id") == "s3"  # what is left out is passed over


def test_details_lie_within_the_window(page: Page, site: Path) -> None:
    for width in (1300, 700, 360):
        page.set_viewport_size({"width": width, "height": 700})
        go(page, site, "documents/ordinary.html")
        page.locator("#s3 .chips").click()
        box = page.locator("#d3").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 700


def test_no_page_scrolls_sideways(page: Page, site: Path) -> None:
    for width in (1300, 360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        for path in names(site):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path.name, width)


def test_the_strip_leads_to_its_sentence(page: Page, site: Path) -> None:
    from playwright.sync_api import expect

    go(page, site, "documents/long.html")
    page.locator(".cell").nth(1500).click()
    assert page.url.endswith("#s1500")
    expect(page.locator("#s1500")).to_be_in_viewport()


def test_the_annotators_can_be_left_out(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    theirs = page.locator("#s3 .chip.gold-only")
    assert theirs.is_visible()
    page.locator("#show-differs").check()
    page.locator("#gold").uncheck()
    assert not theirs.is_visible()
    assert page.locator("#show-all").is_checked()
    page.locator("#s3 .chips").click()
    assert "Annotators" not in page.locator("#d3").inner_text()


def test_a_text_of_two_thousand_sentences_can_be_filtered(page: Page, site: Path) -> None:
    go(page, site, "documents/long.html")
    assert "the longest document that the model was measured on has 12" in page.locator(".notice").inner_text()
    page.locator("#show-report").check()
    assert page.locator(".found").inner_text() == f"133 of {LONG:,} sentences".replace(",", "")


def test_documents_are_searched(page: Page, site: Path) -> None:
    go(page, site, "index.html")
    page.locator("#search").fill("snow")
    assert page.locator("#found").inner_text() == "1 of 4 documents"
    assert page.locator(".documents tbody tr:visible").count() == 1
    assert page.locator("section.group:visible").count() == 1


def test_shares_are_drawn_for_the_label_that_is_chosen(page: Page, site: Path) -> None:
    go(page, site, "index.html")
    assert page.locator(".shares-of-loaded_language").is_visible()
    page.locator("#share-report").check()
    assert page.locator(".shares-of-report").is_visible()
    assert not page.locator(".shares-of-loaded_language").is_visible()


def test_errors_are_filtered(page: Page, site: Path) -> None:
    go(page, site, "errors.html")
    assert page.locator(".error:visible").count() == 1
    page.locator("#label-report").check()
    assert page.locator(".error:visible").count() == 0
    page.locator("#label-assertion").check()
    page.locator("#side-false").check()
    assert page.locator(".error:visible").count() == 0
    page.locator("#side-missed").check()
    assert page.locator(".error:visible").count() == 1


def test_in_print_stands_the_text_and_no_tool(page: Page, site: Path) -> None:
    go(page, site, "documents/ordinary.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("article").is_visible()
    assert not page.locator("aside").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
