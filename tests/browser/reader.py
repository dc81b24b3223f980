"""Somebody before the page: looks at a phone, taps, types, waits until something is on screen."""

import time
from collections.abc import Callable
from copy import copy
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.remote.webelement import WebElement

from sandbox.people import plain
from tests.browser.playing import PATIENCE

# What can be seen of a selector, within the phone of that owner or anywhere.
VISIBLE = """
    const [selector, owner] = arguments;
    const phones = [...document.querySelectorAll(".phone")];
    const theirs = (phone) => phone.querySelector(".owner").textContent === owner;
    const inside = owner ? phones.find(theirs) : document;
    return [...(inside?.querySelectorAll(selector) ?? [])].filter((element) => element.checkVisibility());
"""

# The words of the bot's newest message on the phone of that owner.
READ = """
    const phones = [...document.querySelectorAll(".phone")];
    const phone = phones.find((phone) => phone.querySelector(".owner").textContent === arguments[0]);
    return [...phone?.querySelectorAll(".message.theirs .words") ?? []].at(-1)?.innerText ?? "";
"""


class Reader:
    """One open page, and the phone they hold: `name` as it stands above it."""

    def __init__(self, driver: webdriver.Chrome, url: str, name: str) -> None:
        self.driver = driver
        self.name = name
        driver.get(url)
        self.takes(name)

    def beside(self, name: str) -> "Reader":
        """Somebody else before the same page, with another phone that can be seen on it."""
        other = copy(self)
        other.name = name
        return other

    # --- looking ---

    def all(self, selector: str, owner: str = "") -> list[WebElement]:
        """Everything of that kind that can be seen."""
        found: list[WebElement] = self.driver.execute_script(VISIBLE, selector, owner)
        return found

    def one(self, selector: str, words: str = "", owner: str = "") -> WebElement:
        """The last thing of that kind with these words, as soon as it can be seen."""
        found: WebElement = self.until(
            lambda: next((e for e in reversed(self.all(selector, owner)) if words in plain(e.text)), None),
            f"{selector} {words!r} shows",
        )
        return found

    def on_phone(self, selector: str) -> list[WebElement]:
        return self.all(selector, self.name)

    def reads(self) -> str:
        """The bot's newest message, without typographic spaces."""
        return plain(self.script(READ, self.name))

    def sees(self, words: str) -> None:
        self.until(lambda: words in self.reads(), f"{words!r} shows on the phone of {self.name}")

    def reads_anew(self, before: str) -> None:
        self.until(lambda: self.reads() != before, "the next screen")

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """What `holds()` gives once it is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if found := holds():
                    return found
            except StaleElementReferenceException:
                pass  # drawn anew meanwhile
            time.sleep(0.02)
        raise AssertionError(f"after {PATIENCE} s still not so: {what}; the screen reads {self.reads()!r}")

    # --- doing ---

    def takes(self, name: str) -> None:
        """Bring somebody's phone to the front."""
        self.name = name

        def comes() -> bool:
            if not self.on_phone(".log"):
                next(button for button in self.all("#people button") if button.text == name).click()
            return bool(self.on_phone(".log"))

        self.until(lambda: any(name in button.text for button in self.all("#people button, .owner")), name)
        self.until(comes, f"the phone of {name} is in front")

    def taps(self, label: str) -> None:
        """Press the newest inline button of that label, as soon as it is there."""

        def press() -> bool:
            button = next((b for b in self.on_phone(".inline button") if plain(b.text) == label), None)
            if button is not None:
                button.click()
            return button is not None

        self.until(press, f"a button {label!r} is there")

    def presses(self, label: str) -> None:
        """Press a key of the bot's keyboard."""
        self.one(".keys button", label, self.name).click()

    def types(self, text: str) -> None:
        self.on_phone("textarea")[0].send_keys(text + "\n")

    def scans(self, code: str) -> None:
        """Scan the flyer of that code."""
        self.on_phone(".scan")[0].click()
        self.one("#flyers button", code).click()

    def opens(self, part: str) -> None:
        """Open a part of what is behind the scenes, by its id."""
        if not self.all("#backstage"):
            self.one("#open-backstage").click()
        self.one(f"#{part} summary").click()

    def script(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)
