"""axe-core, over everything the page can show, in light and in dark, wide and narrow."""

from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import chromium
from tests.browser.reader import Reader

AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast",)
RUN = """
    const [rules, done] = arguments;
    const named = ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`);
    axe.run(document, { runOnly: rules }).then(({ violations }) => done(violations.flatMap(named)));
"""


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm ci --prefix tests/browser)")
def test_axe_finds_nothing(lina: Reader, driver: webdriver.Chrome) -> None:
    def finds() -> list[str]:
        found: list[str] = []
        for theme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            lina.script("document.documentElement.dataset.theme = arguments[0]", theme)
            lina.script("document.getAnimations().forEach((animation) => animation.finish())")
            found += driver.execute_async_script(RUN, rules)
        return found

    lina.script(AXE.read_text())
    assert finds() == []
    lina.on_phone(".scan")[0].click()
    assert finds() == []
    lina.one("#flyers button", "garage").click()
    lina.taps("Puis-je demander un microcrédit ?")
    lina.types("vieux conde")
    lina.sees("Quel âge avez-vous ?")
    lina.on_phone(".attach")[0].click()
    assert finds() == []
    for part in ("faults", "clock", "holdings", "transcript"):
        lina.opens(part)
    lina.one("#text", "> /start garage")
    assert finds() == []
    chromium.resize(driver, chromium.NARROW)
    assert finds() == []
