"""Units as XLIFF 1.2, which translation programs read and write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from notifier.errors import NotifierError, Place, Problem
from notifier.outputs.translations.exchange import Unit

RULES: Mapping[str, str] = {
    "exchange/locale": "a translators' file does not name its language",
    "exchange/syntax": "a translators' file cannot be read",
    "exchange/translate-toolkit": "XLIFF needs a package that is not installed",
}
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_EMPTY = (
    f'<xliff version="1.2" xmlns="{_NAMESPACE}">'
    '<file original="NoName" source-language="" datatype="plaintext"><body/></file>'
    "</xliff>"
)
_PREVIOUS = "previous-source"
_STATES = {
    "translated": "translated",
    "stale": "needs-adaptation",
    "fuzzy": "needs-review-translation",
}
_DONE = frozenset({"translated", "signed-off", "final"})
_TRANSLATOR, _DEVELOPER = "translator", "developer"


def xliff_bytes(units: Iterable[Unit], *, name: str, source: str, target: str) -> bytes:
    """Return *units* of the catalog *name*, from the language *source* into *target*.

    Raises:
        NotifierError: the package translate-toolkit is not installed.
    """
    toolkit, etree = _toolkit()
    store = toolkit.xlifffile.parsestring(_EMPTY.encode())
    store.setfilename(store.getfilenode("NoName"), name)
    store.setsourcelanguage(source)
    store.settargetlanguage(target)
    for unit in units:
        _add(unit, store)
    etree.cleanup_namespaces(store.document)
    return bytes(store)


def read_xliff(data: bytes, shown: str) -> tuple[tuple[str, Unit], ...]:
    """Return the units of the XLIFF file *data*, each with its target language.

    Raises:
        NotifierError: it is damaged, declares a document type, or names no language;
            or the package translate-toolkit is not installed.
    """
    toolkit, etree = _toolkit()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise _damaged("a document type is declared", Place(shown, 1))
        store = toolkit.xlifffile.parsestring(data)
        # It fails if there is no <file>.
        store.gettargetlanguage()
        return tuple((_target(each, shown), _unit(each, shown)) for each in store.units)
    except etree.XMLSyntaxError as error:
        fact = f"not well-formed XML: {error.msg or error}"[:200]
        raise _damaged(fact, Place(shown, error.lineno or None)) from error
    except (AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
        fact = f"not XLIFF 1.2: {str(error)[:120]}"
        raise _damaged(fact, Place(shown)) from error


def _toolkit() -> tuple[Any, Any]:  # it has no types of its own
    try:
        return import_module("translate.storage.xliff"), import_module("lxml.etree")
    except ImportError as error:
        fact = "XLIFF needs the package translate-toolkit"
        hint = "pip install 'notifier[translations]', or use CSV: --to csv"
        problem = Problem("exchange/translate-toolkit", fact, hint=hint)
        raise NotifierError([problem]) from error


def _add(unit: Unit, store: Any) -> None:
    made = store.UnitClass(unit.source)
    store.addunit(made)
    element = made.xmlelement
    element.set("id", unit.id)
    if unit.key:
        element.set("resname", unit.key)
    if unit.target:
        made.settarget(unit.target)
        node = made.getlanguageNode(lang=None, index=1)
        node.set("state", _STATES.get(unit.state, "new"))
        element.set("approved", "yes" if unit.state == "translated" else "no")
    for note in unit.notes:
        made.addnote(note, origin=_DEVELOPER)
    for remark in unit.remarks:
        made.addnote(remark, origin=_TRANSLATOR)
    for place in unit.places:
        made.addlocation(place)
    if unit.previous:
        made.addalttrans(unit.target, origin=_PREVIOUS, sourcetxt=unit.previous)


def _target(made: Any, shown: str) -> str:
    """Return the language of the <file> that holds the unit."""
    file = next(made.xmlelement.iterancestors("{*}file"))
    if target := file.get("target-language"):
        return str(target)
    hint = "write target-language into <file>"
    fact = "the target language is missing"
    place = Place(shown, file.sourceline)
    raise NotifierError([Problem("exchange/locale", fact, place, hint)])


def _unit(made: Any, shown: str) -> Unit:
    element = made.xmlelement
    node = made.getlanguageNode(lang=None, index=1)
    state = node.get("state") if node is not None else None
    approved = element.get("approved")
    is_done = state in _DONE or (state is None and approved != "no")
    previous = [each.source for each in made.getalttrans(_PREVIOUS)]
    doubt = "stale" if previous else "fuzzy"
    return Unit(
        str(element.get("id") or ""),
        str(made.source or ""),
        str(made.target or ""),
        "translated" if is_done else doubt,
        remarks=tuple(
            line
            for note in element.iter("{*}note")
            if note.get("from") != _DEVELOPER
            for line in (note.text or "").splitlines()
        ),
        previous=str(previous[0]) if previous else "",
        shown=shown,
        line=element.sourceline or 0,
    )


def _damaged(fact: str, place: Place) -> NotifierError:
    hint = "export again; nothing was changed"
    return NotifierError([Problem("exchange/syntax", fact, place, hint)])
