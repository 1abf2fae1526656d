"""A real WebKit, the engine of Safari: Debian's MiniBrowser on a screen of its own, driven by its own WebDriver."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

ANSWER_WITHIN_S = 30
SCREEN = "1400x1000x24"


@contextmanager
def webkit(program: str) -> Iterator[WebKitGTK]:
    """A window that has never been anywhere; `program` is the MiniBrowser. All of it is gone afterwards."""
    options = Options()
    options.binary_location = program
    options.add_argument("--automation")
    with screen() as display:
        # Bubblewrap makes no sandbox for root.
        more = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}
        service = Service(shutil.which("WebKitWebDriver"), env=os.environ | {"DISPLAY": display} | more)
        driver = WebKitGTK(options, service)
        try:
            driver.set_script_timeout(ANSWER_WITHIN_S)
            driver.set_window_size(1280, 900)
            yield driver
        finally:
            driver.quit()


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody looks at; its DISPLAY."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()
