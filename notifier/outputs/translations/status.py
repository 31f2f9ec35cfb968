"""How far the translations of a notice have come, by locale and document."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from notifier.content.library import CodeCache
from notifier.content.translations import pick_locale, read_catalogs
from notifier.language.catalogs import Catalog, catalog_chain
from notifier.language.po_document import PoDocument
from notifier.language.po_entry import STATES, Entry
from notifier.language.pofile import Key
from notifier.model.notice import Notice
from notifier.outputs.json_parts import closed_object
from notifier.outputs.translations.author_texts import author_texts
from notifier.outputs.translations.folders import foreign_locales, read_documents
from notifier.outputs.translations.lookups import looked_up
from notifier.planning import plan

# In scripts without blanks, a sign counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’.-][^\W_]+)*")
_END_OF_LINE = re.compile(r" +$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many strings, and words of them, of a document are in each state."""

    locale: str
    document: str
    strings: Mapping[str, int]
    words: Mapping[str, int]


def translation_progress(
    notice: Notice,
    locales: Iterable[str] = (),
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Progress, ...]:
    """Return how far the documents of *notice* are translated into *locales*, or all.

    A string belongs to the documents that look it up. It is stale if its source has
    changed since it was translated, fuzzy if it is marked so for another reason.

    Raises:
        NotifierError: a catalog or a template is damaged, or a locale is not made.
    """
    tags = [pick_locale(notice, tag)[0] for tag in locales] or notice.locales
    planned, _ = plan(notice, now=now)
    documents = read_documents(notice)
    catalogs, _ = read_catalogs(notice)
    texts: set[Key] = {(None, text.source) for _, _, text in author_texts(notice)}
    foreign = foreign_locales(notice)
    codes = CodeCache()
    found = []
    for number, tag in enumerate(tags, start=1):
        catalog = catalogs(tag)
        entries = _entries(tag, documents)
        own = texts if tag not in foreign else set()
        for document, keys in looked_up(notice, planned, catalog, codes).items():
            states = {key: _state(key, catalog, entries, own) for key in keys}
            found.append(_progress(tag, document, states))
        progress(number, len(tags))
    return tuple(found)


def _entries(tag: str, documents: Mapping[str, PoDocument]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for name in catalog_chain(tag, documents):
        found |= documents[name].current
    return found


def _state(
    key: Key, catalog: Catalog, entries: Mapping[Key, Entry], own: set[Key]
) -> str:
    entry = entries.get(key)
    built_in = catalog.source and entry is None
    if key in catalog.translations or key in own or built_in:
        return "translated"
    if entry is None or not any(entry.forms):
        return "missing"
    if entry.is_stale:
        return "stale"
    return "fuzzy" if entry.is_fuzzy else "missing"


def _progress(tag: str, document: str, states: Mapping[Key, str]) -> Progress:
    strings, words = Counter(states.values()), Counter[str]()
    for (_, message), state in states.items():
        words[state] += len(_WORD.findall(message))
    return Progress(
        tag,
        document,
        {state: strings[state] for state in STATES},
        {state: words[state] for state in STATES},
    )


def progress_table(progress: Iterable[Progress], *, width: int) -> str:
    """Return *progress* as a table of *width* columns: strings, then words in them."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column("Locale", no_wrap=True)
    grid.add_column("Document", no_wrap=True)
    for name in ("Done", "Translated", "Stale", "Fuzzy", "Missing"):
        grid.add_column(name, justify="right", no_wrap=True)
    shown = ""
    for each in progress:
        cells = [_cell(each.strings[name], each.words[name]) for name in STATES]
        total = sum(each.words.values())
        done = f"{100 * each.words['translated'] // total} %" if total else "–"
        locale = each.locale if each.locale != shown else ""
        grid.add_row(locale, each.document, done, *cells)
        shown = each.locale
    file = StringIO()
    console = Console(
        file=file, width=width, height=25, force_terminal=False, _environ={}
    )
    console.print(grid)
    return _END_OF_LINE.sub("", file.getvalue())


def _cell(strings: int, words: int) -> str:
    return f"{strings} ({words})" if strings else "–"


def progress_json(notice: Notice, progress: Iterable[Progress]) -> str:
    """Return *progress* as JSON that `json_schema` describes."""
    rows = [
        {
            "locale": each.locale,
            "document": each.document,
            "strings": each.strings,
            "words": each.words,
        }
        for each in progress
    ]
    facts = {"schema": 1, "notice": notice.id, "documents": rows}
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `progress_json` writes."""
    number = {"type": "integer", "minimum": 0}
    counts = closed_object(**dict.fromkeys(STATES, number))
    text = {"type": "string"}
    row = closed_object(locale=text, document=text, strings=counts, words=counts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "State of the translations of a notice",
        **closed_object(
            schema={"const": 1},
            notice=text,
            documents={"type": "array", "items": row},
        ),
    }
