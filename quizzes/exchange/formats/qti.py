"""A QTI 2.1 content package (1EdTech, Question and Test Interoperability): a test and its items in a zip archive."""

import io
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from quizzes.exchange.format import Format, Written
from quizzes.exchange.from_quiz import from_bank
from quizzes.exchange.items import Bank, Blanks, Item, Loss
from quizzes.exchange.losses import bank_losses, item_losses, left_out
from quizzes.exchange.qti_item import NAMESPACE, identifier, qti_item

TITLE = "QTI 2.1"
HOLDS = frozenset(
    {
        *("topic", "solution", "order of options", "option ids", "option explanations", "misses", "case", "per cent"),
        *("extra lines", "line ids", "unit must"),
    }
)
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEST_FILE, MANIFEST = "test.xml", "imsmanifest.xml"
MOMENT = (1980, 1, 1, 0, 0, 0)  # the same quiz gives the same bytes


def write_bank(bank: Bank) -> Written:
    """The quiz as a package."""
    losses = list(bank_losses(bank))
    items: dict[str, Element] = {}
    for item in bank.items:
        element = qti_item(item)
        if element is None:
            losses.append(left_out(item, TITLE))
            continue
        items[f"items/{identifier(item.id)}.xml"] = element
        losses += _losses(item)
    files = {MANIFEST: _manifest(bank, items), TEST_FILE: _test(bank, items), **items}
    return Written(_zipped(files), tuple(sorted(losses)))


def _losses(item: Item) -> list[Loss]:
    losses = list(item_losses(item, HOLDS))
    if isinstance(item.part, Blanks) and any(gap.misses for gap in item.part.gaps):
        losses.append(Loss(item.line, item.id, "what is said about wrong texts in its gaps"))
    return losses


def _test(bank: Bank, items: Mapping[str, Element]) -> Element:
    root = Element(
        "assessmentTest", {"xmlns": NAMESPACE, "identifier": f"test-{bank.slug}", "title": bank.title or bank.slug}
    )
    part = SubElement(root, "testPart", identifier="part-1", navigationMode="nonlinear", submissionMode="individual")
    title = bank.title or bank.slug
    section = SubElement(part, "assessmentSection", identifier="section-1", title=title, visible="true")
    for path, item in items.items():
        SubElement(section, "assessmentItemRef", identifier=item.attrib["identifier"], href=path)
    return root


def _manifest(bank: Bank, items: Mapping[str, Element]) -> Element:
    root = Element("manifest", {"xmlns": PACKAGE, "identifier": f"package-{bank.slug}"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = _resource(resources, "resource-test", "imsqti_test_xmlv2p1", TEST_FILE)
    for path, item in items.items():
        name = f"resource-{item.attrib['identifier']}"
        SubElement(test, "dependency", identifierref=name)
        _resource(resources, name, "imsqti_item_xmlv2p1", path)
    return root


def _resource(resources: Element, name: str, kind: str, path: str) -> Element:
    resource = SubElement(resources, "resource", {"identifier": name, "type": kind, "href": path})
    SubElement(resource, "file", href=path)
    return resource


def _zipped(files: Mapping[str, Element]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, root in files.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, tostring(root, encoding="utf-8", xml_declaration=True))
    return content.getvalue()


FORMAT = Format("qti", "QTI 2.1 package", (".zip",), "application/zip", from_bank(write_bank))
