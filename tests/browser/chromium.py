"""Debian's Chromium and its own driver: nothing is downloaded. Where one is missing, tests say so."""

import os
import shutil
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.command import Command

# No sandbox: continuous integration runs as root. The rest keeps it from calling anybody.
FLAGS = """
    --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --hide-scrollbars --disable-dev-shm-usage
"""
WIDE, NARROW = (1280, 900), (390, 844)


def missing() -> str:
    """Why there can be no browser here, or ""."""
    if shutil.which("chromium") is None:
        return "Chromium is not installed (apt-get install chromium chromium-driver)"
    if shutil.which("chromedriver") is None:
        return "Chromium's driver is not installed (apt-get install chromium-driver)"
    return ""


def launch(profile: Path) -> webdriver.Chrome:
    """A browser with an empty profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(shutil.which("chromedriver"), log_output=os.devnull)
    return webdriver.Chrome(options=options, service=service)


def resize(driver: webdriver.Chrome, size: tuple[int, int]) -> None:
    """Give the page this many CSS pixels."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def console(driver: webdriver.Chrome) -> list[str]:
    """What the console said since it was last asked."""
    entries: list[dict[str, str]] = driver.execute(Command.GET_LOG, {"type": "browser"})["value"]
    return [entry["message"] for entry in entries]
