"""Quizzes in and out, for Ines at her browser: an upload is read, shown and never kept."""

import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quizzes import catalog

PAGE, IMPORT, TEXT = "/staff/quizzes/", "/staff/quizzes/import/", "/staff/quizzes/import/text/"
QUIZ = "redis-as-a-message-broker"
GIFT = b"::Waiting::Where does it wait?{\n=In a list#Yes.\n~<b>nowhere</b>#No.\n}\n\nWhy?{}\n"


@pytest.fixture
def ines(db: None) -> Client:
    """Ines, who teaches, signed in."""
    return signed_in(Client())


@pytest.fixture
def careful(db: None) -> Client:
    """Her browser where the form's token is asked for."""
    return signed_in(Client(enforce_csrf_checks=True))


def signed_in(browser: Client) -> Client:
    """The browser with her session."""
    browser.force_login(User.objects.create_user("ines", is_staff=True), "django.contrib.auth.backends.ModelBackend")
    return browser


def upload(browser: Client, content: bytes, name: str = "queues.gift", **fields: str) -> tuple[int, str]:
    """Send the form; status and text of the answer."""
    answer = browser.post(IMPORT, {"file": SimpleUploadedFile(name, content), **fields})
    return answer.status_code, unescape(answer.content.decode())


def test_only_staff_gets_there(db: None) -> None:
    for path in (PAGE, f"{PAGE}{QUIZ}/gift/", f"{PAGE}{QUIZ}/gift/file/"):
        assert Client().get(path).status_code == 302
    answer = Client().post(IMPORT, {"file": SimpleUploadedFile("a.gift", GIFT)})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/staff/sign-in/")


def test_an_upload_shows_text_losses_and_problems_and_changes_nothing(ines: Client) -> None:
    before = sorted(Path(catalog.CONTENT).iterdir())
    status, page = upload(ines, GIFT, lesson="a-lesson")
    assert status == 200
    assert "queues.gift:6 left out: an essay" in page.replace("</code>", "")
    assert "<code>queues.md:4</code> <strong>The front matter has no title." in page
    assert "## waiting\ntype: one\ntopic: Waiting" in page
    assert "**nowhere**" in page
    assert sorted(Path(catalog.CONTENT).iterdir()) == before


def test_the_text_comes_back_as_a_file(ines: Client) -> None:
    answer = ines.post(TEXT, {"text": "---\r\ntitle: a\r\n", "slug": "../a b"})
    assert answer.content == b"---\ntitle: a\n"
    assert answer["Content-Disposition"] == 'attachment; filename="a-b.md"'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><quiz/>", "a.xml", "a.xml:1: A document type or an entity is declared here."),
        (b"PK\x03\x04...", "a.zip", "The name of the file (.zip) does not tell its format."),
        (b"\xff\xfe", "a.gift", "a.gift:1: This line is not UTF-8."),
        (b"What?", "<b>.txt", "<b>.txt:1: The name of the file"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_form(ines: Client, content: bytes, name: str, said: str) -> None:
    status, page = upload(ines, content, name, lesson="my-lesson")
    assert status == 400
    assert said in page
    assert 'value="my-lesson"' in page
    assert "<b>.txt" not in ines.post(IMPORT, {"file": SimpleUploadedFile("<b>.txt", b"x")}).content.decode()


def test_no_file_is_told(ines: Client) -> None:
    answer = ines.post(IMPORT, {})
    assert answer.status_code == 400
    assert "No file is chosen." in answer.content.decode()


def test_a_large_upload_is_refused_unread(careful: Client) -> None:
    """50 MB are announced, and not one byte of them is taken, not even to look for the form's token."""

    class Unread(BytesIO):
        def read(self, *args: object) -> bytes:
            raise AssertionError("the upload was read")

    announced = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(50 * 10**6), "CONTENT_TYPE": "multipart/form-data"}
    answer = careful.request(REQUEST_METHOD="POST", PATH_INFO=IMPORT, **announced)
    assert answer.status_code == 413
    assert "The file is larger than 2 MB." in answer.content.decode()


def test_a_file_just_too_large_is_refused_too(ines: Client) -> None:
    status, page = upload(ines, b"a" * 2_000_001)
    assert status == 400
    assert "queues.gift:1: The file is larger than 2 MB." in page


def test_a_forged_form_is_refused(careful: Client) -> None:
    assert careful.post(IMPORT, {"file": SimpleUploadedFile("a.gift", GIFT)}).status_code == 403
    assert careful.post(TEXT, {"text": "a", "slug": "a"}).status_code == 403


def test_an_export_says_what_it_loses_and_is_downloaded(ines: Client) -> None:
    page = ines.get(f"{PAGE}{QUIZ}/gift/").content.decode()
    assert "responsiveness: the ids of its options" in page
    answer = ines.get(f"{PAGE}{QUIZ}/qti/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="{QUIZ}.zip"'
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "imsmanifest.xml" in archive.namelist()
    assert "This format holds all of it." in ines.get(f"{PAGE}{QUIZ}/json/").content.decode()


@pytest.mark.parametrize("path", [f"{QUIZ}/docx/", "gone/gift/", "gone/gift/file/"])
def test_what_there_is_not_is_not_found(ines: Client, path: str) -> None:
    assert ines.get(f"{PAGE}{path}").status_code == 404


def test_the_page_lists_every_quiz_and_format(ines: Client) -> None:
    page = ines.get(PAGE).content.decode()
    for quiz in catalog.all_quizzes():
        assert f"{PAGE}{quiz.slug}/moodle/" in page
