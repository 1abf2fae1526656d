"""Finding a Chromium, a Firefox and a WebKit for the browser tests, or getting them. Standard library only."""

import shutil
import subprocess
from collections.abc import Sequence
from glob import glob
from pathlib import Path

from apparatus.environment import Say, SetupFailed, apt_install, say

FIREFOX_NAMES = ("firefox-esr", "firefox")
# Where Debian has the smallest browser of WebKit: for GTK 3 (webkit2gtk-4.1), or for GTK 4 (webkitgtk-6.0).
MINI_BROWSERS = "/usr/lib/*/webkit*gtk-*/MiniBrowser"
SHELL = "chromium-headless-shell"  # Debian's package and its program: Chromium without windows
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDIES = """The browser tests need a Chromium, and none could be installed. Any one of these is enough:
  - put chromium or google-chrome on PATH (Debian: apt install chromium);
  - .venv/bin/python -m playwright install --with-deps chromium
then start again."""


def find_browser() -> str | None:
    """The path of a Chromium on PATH that runs, else None: then Playwright's own is meant."""
    return _first_that_runs(NAMES)


def find_headless_shell() -> str | None:
    """The path of a Chromium without windows, which costs a third, else what `find_browser` finds."""
    return _first_that_runs([SHELL]) or find_browser()


def find_firefox() -> str | None:
    """The path of a Firefox on PATH that runs, or None."""
    return _first_that_runs(FIREFOX_NAMES)


def find_webkit() -> str | None:
    """The path of WebKit's MiniBrowser, when its driver and a screen for it are here too, or None."""
    found = sorted(glob(MINI_BROWSERS))
    return found[-1] if found and shutil.which("WebKitWebDriver") and shutil.which("Xvfb") else None


def ensure_browser(root: Path, python: Path, say: Say = say) -> None:
    """Make sure that there is a Chromium: on PATH, from Debian's archive, or Playwright's. Raises SetupFailed."""
    if is_debian() and not (find_browser() and shutil.which(SHELL)):
        _ = apt_install(["chromium", SHELL], root, say) or apt_install(["chromium"], root, say)
    if find_browser():
        return
    if subprocess.run([python, "-m", "playwright", "install", "chromium"], cwd=root, check=False).returncode != 0:
        raise SetupFailed(REMEDIES)


def ensure_firefox(root: Path, say: Say = say) -> None:
    """Get Debian's Firefox where there is none, for the tests of a second engine; without one they say so."""
    if not find_firefox() and is_debian():
        apt_install(["firefox-esr"], root, say)


def ensure_webkit(root: Path, say: Say = say) -> None:
    """Get Debian's WebKit where there is none, for the tests of a third engine; elsewhere they are left out."""
    if not find_webkit() and is_debian():
        apt_install(["webkit2gtk-driver", "xvfb"], root, say)


def _first_that_runs(names: Sequence[str]) -> str | None:
    paths = (shutil.which(name) for name in names)
    return next((path for path in paths if path and _runs(path)), None)


def _runs(path: str) -> bool:
    # Ubuntu's chromium-browser may be a script that only says which snap to install.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def is_debian() -> bool:
    """Debian itself: elsewhere the package of this name is something else, or nothing."""
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False
    return "ID=debian" in lines
