"""The pages in Chromium: light, dark, on a phone, without JavaScript; no errors, and nothing that axe finds serious."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SHOTS = Path(__file__).with_name("screenshots")
PAGES = {
    "desk": "/", "stories": "/stories", "figures": "/figures", "sources": "/sources", "search": "/search?q=truce",
    "add": "/add", "judgements": "/judgements", "review": "/review", "report": "/reports/v03?statement=a2",
    "outlets": "/sources?who=outlets", "unnamed": "/sources?who=unnamed",
    "speaker": "/sources/speaker/Highland%20Front", "outlet": "/sources/outlet/Ostrin%20Herald",
}  # fmt: skip
OTHERS = ("story", "story-reports", "claim", "merging", "figure")


@pytest.fixture(scope="module")
def pages(server: str, browser: Browser) -> dict[str, str]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server}/stories")
        page.click("tbody a")
        story = page.url
        claim = page.get_attribute(".claim a", "href")
        page.goto(f"{server}/figures")
        figure = page.get_attribute("tbody th a", "href")
    found = {name: server + path for name, path in PAGES.items()}
    found["story-reports"] = f"{story}/reports"
    found["merging"] = f"{server}{claim}?find=the#merge"
    return found | {"story": story, "claim": f"{server}{claim}", "figure": f"{server}{figure}"}


def opened(browser: Browser, address: str, wrong: list[str], **how: Any) -> Page:
    page = browser.new_context(**how).new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    return page


@pytest.mark.parametrize("name", [*PAGES, *OTHERS])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_sound(browser: Browser, pages: dict[str, str], name: str, theme: Any) -> None:
    wrong: list[str] = []
    page = opened(browser, pages[name], wrong, color_scheme=theme, viewport={"width": 1280, "height": 900})
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{theme}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]
    page.context.close()
    assert not wrong
    assert not serious


@pytest.mark.parametrize("name", [*PAGES, *OTHERS])
def test_pages_fit_a_phone_without_scripts(browser: Browser, pages: dict[str, str], name: str) -> None:
    wrong: list[str] = []
    with_scripts = opened(browser, pages[name], wrong, viewport={"width": 400, "height": 800})
    too_wide = with_scripts.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    with_scripts.context.close()
    plain = opened(browser, pages[name], wrong, viewport={"width": 400, "height": 800}, java_script_enabled=False)
    assert plain.text_content("h1")
    plain.context.close()
    assert not too_wide
    assert not wrong


@pytest.mark.parametrize("scripts", [True, False])
def test_layers_are_switched_and_keys_lead_about(browser: Browser, pages: dict[str, str], scripts: bool) -> None:
    wrong: list[str] = []
    page = opened(browser, pages["report"], wrong, java_script_enabled=scripts)
    source = page.locator("#text .s.source").first
    marked = source.screenshot()
    page.uncheck('[data-layer="source"]')
    assert source.screenshot() != marked
    if scripts:
        page.locator("h1").click()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.reload()
        assert not page.is_checked('[data-layer="source"]')
    page.context.close()
    assert not wrong


def test_a_statement_is_corrected_and_that_is_undone(browser: Browser, server: str) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{server}/reports/v01?statement=a2", wrong)
    page.click("#card summary:has-text('Correct it')")
    page.fill('#card input[name="f.speaker"]', "Mara Quill")
    page.click("#card button:has-text('Keep the corrections')")
    assert "Mara Quill" in (page.text_content("#card") or "")
    page.click("#card button:has-text('Undo')")
    assert "Mara Quill" not in (page.text_content("#card") or "")
    page.context.close()
    assert not wrong


SELECT = """() => {
  const node = [...document.querySelectorAll("#text p")].at(-1).firstElementChild.nextSibling;
  const range = document.createRange();
  range.setStart(node.firstChild ?? node, 0);
  range.setEndAfter(document.querySelector("#text p:last-of-type").lastChild);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return range.toString();
}"""


def test_words_are_taken_from_the_text_with_the_mouse(browser: Browser, server: str) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{server}/reports/v03", wrong)
    text = page.request.get(f"{server}/api/v1/reports/v03").json()["text"]
    page.click("summary:has-text('Add a statement')")
    phrase = page.locator("[data-phrase]:visible").first
    page.evaluate(SELECT)
    phrase.locator("button").first.click()
    words = phrase.locator("textarea").input_value()
    start, end = map(int, phrase.locator("[data-places]").input_value().split("-"))
    assert " ".join(text[start:end].split()) == words
    assert end - start > 40
    page.locator("input[name='f.speaker']:visible").fill("Ilka Voss")
    page.click("button:has-text('Add the statement')")
    assert "a statement was missing" in (page.text_content(".notice") or "")
    page.keyboard.press("u")
    page.wait_for_selector(".notice:has-text('Undone')")
    page.context.close()
    assert not wrong


@pytest.mark.parametrize("scripts", [True, False])
def test_questions_are_answered_by_keyboard_or_without_scripts(browser: Browser, server: str, scripts: bool) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{server}/review?what=statements", wrong, java_script_enabled=scripts)
    first = page.text_content("#item-1")
    if scripts:
        page.keyboard.press("j")
        page.keyboard.press("a")
    else:
        page.click("#item-1 button:has-text('Right')")
    page.wait_for_selector(".notice:has-text('Kept')")
    assert page.text_content("#item-1") != first
    if scripts:
        page.wait_for_function("document.activeElement.id === 'item-1'")
        page.keyboard.press("u")
    else:
        page.click(".notice button")
    page.wait_for_selector(".notice:has-text('Undone')")
    assert page.text_content("#item-1") == first
    page.context.close()
    assert not wrong


def test_a_report_is_added_from_the_desk_by_keyboard(browser: Browser, server: str) -> None:
    wrong: list[str] = []
    page = opened(browser, server, wrong)
    page.locator(".adding summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The ferry master of Tolm, Esk Varan, said on Friday that 12 people were missing.")
    page.fill('.adding input[name="title"]', "Ferry sinks")
    page.keyboard.press("Enter")
    page.wait_for_selector("main a:has-text('Ferry sinks')", timeout=20_000)
    page.context.close()
    assert not wrong


def test_keys_go_on_from_the_chosen_statement(browser: Browser, pages: dict[str, str]) -> None:
    wrong: list[str] = []
    page = opened(browser, pages["report"], wrong)
    for key, statement in (("j", "a3"), ("k", "a2"), ("k", "a1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == f"?statement={statement}#card"
    page.keyboard.press("Enter")
    page.wait_for_selector("#card h2:has-text('Statement 1')")
    page.context.close()
    assert not wrong


def test_a_report_is_added_without_scripts(browser: Browser, server: str) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{server}/add", wrong, java_script_enabled=False)
    page.fill(
        "#text", "The harbour master of Lenn, Pia Orr, said on Sunday that two boats were missing. Nobody knew why."
    )
    page.fill('input[name="title"]', "Two boats missing")
    page.click("button.main")
    page.wait_for_selector("h1:has-text('Added')", timeout=20_000)
    page.click("main a:has-text('Two boats missing')")
    assert "Pia Orr" in (page.text_content("main") or "")
    page.context.close()
    assert not wrong


def test_whoever_points_at_a_count_sees_its_passage(browser: Browser, pages: dict[str, str]) -> None:
    wrong: list[str] = []
    page = opened(browser, pages["figure"], wrong)
    point = page.locator(".point").first
    point.hover()
    words = (page.text_content("#told") or "").strip()
    assert "“" in words
    page.locator(".point").nth(1).focus()
    assert page.text_content("#told") != words
    page.keyboard.press("Enter")
    assert page.locator(".every tr:target").count() == 1
    page.context.close()
    assert not wrong
