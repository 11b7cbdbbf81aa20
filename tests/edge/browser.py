"""Open a briefing in headless Chromium, offline: what it asks for, what is wrong with it, how it prints.

    pip install playwright; apt install chromium; npm install axe-core
    python tests/edge/browser.py FILE.html [--axe node_modules/axe-core/axe.min.js] [--chromium /usr/bin/chromium] [--out FOLDER]

Exit code 1 if the page asks for anything, logs an error, has a serious fault of accessibility, or cannot be used from the keyboard.
Pictures of it, light and dark, and the printed pages on A4 and Letter go into the folder.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERIOUS = ("serious", "critical")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=Path, default=Path("out/browser"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=asked.chromium, args=QUIET)
        wrong = [line for scheme in ("light", "dark") for line in look(browser, asked, scheme)]
        browser.close()
    sys.stdout.write("".join(f"{line}\n" for line in wrong) + f"{len(wrong)} faults\n")
    return bool(wrong)


def look(browser, asked, scheme):
    """Yield what is wrong with the page in light or dark."""
    context = browser.new_context(viewport={"width": 1000, "height": 1300}, color_scheme=scheme, offline=True)
    page = context.new_page()
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    address = asked.file.resolve().as_uri()
    page.goto(address)
    yield from (f"{scheme}: asks for {url}" for url in requests if url != address)
    yield from (f"{scheme}: {text}" for text in errors)
    if asked.axe is not None:
        found = page.evaluate(f"{asked.axe.read_text()}; axe.run(document, {{resultTypes: ['violations']}})")
        for fault in found["violations"]:
            sys.stdout.write(f"{scheme}: axe: {fault['id']} ({fault['impact']}), {len(fault['nodes'])} places\n")
            if fault["impact"] in SERIOUS:
                yield f"{scheme}: axe: {fault['id']}: {fault['nodes'][0]['html'][:120]}"
    yield from keyboard(page, scheme)
    page.screenshot(path=asked.out / f"{scheme}.png", full_page=True)
    if scheme == "light":
        page.emulate_media(media="print")
        for form in ("A4", "Letter"):
            page.pdf(path=asked.out / f"{form}.pdf", format=form)
    context.close()


def keyboard(page, scheme):
    """Yield what cannot be reached or seen from the keyboard alone."""
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.className") != "skip":
        yield f"{scheme}: the first Tab does not lead to the text"
    there = page.evaluate("[...document.querySelectorAll('a[href], button:not([hidden]), [tabindex=\"0\"]')].length")
    seen = set()
    for _ in range(min(there, 60)):
        page.keyboard.press("Tab")
        place, width = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [[...document.querySelectorAll('*')].indexOf(e), parseFloat(s.outlineWidth)] })()"
        )
        seen.add(place)
        if width < 1:
            yield f"{scheme}: focus is not to be seen at element {place}"
    if len(seen) < min(there, 60) - 1:
        yield f"{scheme}: Tab reaches {len(seen)} of {min(there, 60)} places"
    button = page.locator("button[data-copy]:visible").first
    if button.count():
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        if "Copied" not in button.inner_text():
            yield f"{scheme}: a table is not copied from the keyboard"


if __name__ == "__main__":
    sys.exit(main())
