"""Faces for text that the engine's interface does not reach, set in the parts of a deck before it is opened.

Text in masters, layouts, SmartArt and charts is in no story, so it cannot be formatted afterwards. A run of the first
three is cut into runs; a chart is set in one face as a whole, since its categories and names have no runs.
"""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from app.assets.rendering.wardrobe import Wardrobe

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def dress_runs(root: etree._Element, wardrobe: Wardrobe) -> bool:
    """Set what the runs of a master, layout or SmartArt drawing cannot show in faces that can; whether there was any.

    Placeholders are left alone: a slide shows its own text in them.
    """
    prompts = set(_within_placeholders(root))
    changed = [_dress_run(run, wardrobe) for run in list(root.iter(f"{A}r")) if run not in prompts]
    return any(changed)


def _within_placeholders(root: etree._Element) -> Iterator[etree._Element]:
    for placeholder in root.iter(f"{_P}ph"):
        for shape in placeholder.iterancestors(f"{_P}sp"):
            yield from shape.iter(f"{A}r")


def _dress_run(run: etree._Element, wardrobe: Wardrobe) -> bool:
    text = run.findtext(f"{A}t") or ""
    properties = run.find(f"{A}rPr")
    bold = properties is not None and properties.get("b") in ("1", "true")
    at = 0
    for start, end, family in (stretches := wardrobe.stretches(text, _family(run), bold)):
        _add_part(run, text[at:start])
        _add_part(run, text[start:end], family)
        at = end
    if stretches:
        _add_part(run, text[at:])
        run.getparent().remove(run)
    return bool(stretches)


def _family(run: etree._Element) -> str | None:
    latin = run.find(f"{A}rPr/{A}latin")
    named = "" if latin is None else latin.get("typeface", "")
    return None if named.startswith("+") else named or None


def _add_part(run: etree._Element, text: str, family: str | None = None) -> None:
    """Put a run like this one with some of its text before it."""
    if not text:
        return
    part = deepcopy(run)
    part.find(f"{A}t").text = text
    if family is not None:
        properties = part.find(f"{A}rPr")
        if properties is None:
            properties = etree.Element(f"{A}rPr")
            part.insert(0, properties)
        _set_family(properties, family)
    run.addprevious(part)


def _set_family(properties: etree._Element, family: str) -> None:
    for latin in properties.findall(f"{A}latin"):
        properties.remove(latin)
    etree.SubElement(properties, f"{A}latin", typeface=family)


def dress_chart(root: etree._Element, wardrobe: Wardrobe) -> bool:
    """Set a chart in the face that shows most of its words, if the deck's own do not show all; whether it was so."""
    words = "".join(each.text or "" for each in root.iter(f"{A}t", f"{_C}v"))
    family = wardrobe.whole(words)
    if family is None:
        return False
    text = root.find(f"{_C}txPr")
    if text is None:
        text = etree.SubElement(root, f"{_C}txPr")
        etree.SubElement(text, f"{A}bodyPr")
        etree.SubElement(etree.SubElement(etree.SubElement(text, f"{A}p"), f"{A}pPr"), f"{A}defRPr")
    for properties in list(root.iter(f"{A}defRPr", f"{A}rPr")):
        _set_family(properties, family)
    return True
