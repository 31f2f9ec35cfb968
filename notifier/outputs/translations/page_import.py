"""Adopt the translations of a page that was published in two languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from notifier.content.translations import read_catalogs
from notifier.content.wording import Wording, word
from notifier.errors import NotifierError, Place, Problem, Severity
from notifier.language.catalogs import catalog_chain
from notifier.language.locales import negotiate, normalize
from notifier.language.po_document import PoDocument, new_document
from notifier.language.po_entry import Entry, amend, mark_current
from notifier.language.po_faults import translation_problem
from notifier.language.po_merge import merge_document
from notifier.model.notice import Notice
from notifier.model.values import PLACEHOLDER, Text
from notifier.outputs.translations.folders import (
    TEMPLATE,
    catalog_path,
    foreign_locales,
    read_documents,
    replace_catalogs,
)
from notifier.outputs.translations.notice_texts import notice_texts, wanted_texts
from notifier.outputs.translations.page_blocks import PageBlock, page_blocks
from notifier.outputs.translations.page_pairs import (
    Side,
    comparable,
    finer_pairs,
    paired_blocks,
    plainly,
)
from notifier.reading import Refusal, read_limited

RULES: Mapping[str, str] = {
    "page/locale": "the language of a page is not one the notice is translated into",
    "page/unreadable": "a page cannot be read",
    "page/value": "a translation prints a date or duration in another way than we do",
}
_LARGEST = 2_000_000
_TARGET = re.compile(r"(?<=\]\()\s*<?[^()\s<>]+")


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many messages of the catalog *tag* were filled, and which are still empty.

    *kept* had another translation already.
    """

    tag: str
    shown: str
    filled: int
    kept: int
    empty: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_page(
    notice: Notice,
    original: Path,
    translated: Path,
    *,
    locale: str | None = None,
    overwrite: bool = False,
) -> Adopted:
    """Fill the notice's catalog from the page *original* and its translation.

    Without *locale*, it is the name of the translated file, or of a folder above it.
    Translations that count already stay, unless *overwrite*.

    Raises:
        NotifierError: a page cannot be read, no locale fits, or a catalog is damaged.
        OSError: the system refuses; the catalog is as it was.
    """
    tag = _locale_of(notice, translated, locale)
    pages = _read(original), _read(translated)
    shown = str(original), str(translated)
    pairs, problems = paired_blocks(*pages, shown=shown)
    document = _catalog(notice, tag)
    found = _translations(pairs)
    wordings = _wording(notice, notice.default_locale), _wording(notice, tag)
    entries: list[Entry] = []
    filled = kept = 0
    for entry in document.entries:
        new, said = _adopted(entry, found, wordings, shown[1])
        problems += tuple(said)
        different = new.forms != entry.forms
        kept += different and entry.is_translated and not overwrite
        if different and (overwrite or not entry.is_translated):
            filled += 1
            entry = mark_current(new)
        entries.append(entry)
    document = replace(document, entries=tuple(entries))
    replace_catalogs(notice, [document])
    empty = tuple(
        ", ".join(entry.paths) or entry.id[:60]
        for entry in document.current.values()
        if not entry.is_filled
    )
    return Adopted(tag, document.shown, filled, kept, empty, problems)


def _locale_of(notice: Notice, page: Path, wanted: str | None) -> str:
    foreign = foreign_locales(notice)
    names = (
        [wanted] if wanted else [page.stem, *(p.name for p in page.absolute().parents)]
    )
    for name in names:
        try:
            tag = negotiate(normalize(name), foreign)
        except ValueError:
            continue
        if tag:
            return tag
    fact = f"{str(wanted or page)[:80]!r} names no language the notice is made in"
    hint = f"--locale with one of: {', '.join(foreign)}"
    raise NotifierError([Problem("page/locale", fact, hint=hint)])


def _read(page: Path) -> tuple[PageBlock, ...]:
    data = read_limited(page.parent, page.name, most=_LARGEST)
    place = Place(str(page))
    if data is None or isinstance(data, Refusal):
        fact = data.message if data else "there is no such file"
        hint = data.hint if data else None
        raise NotifierError([Problem("page/unreadable", fact, place, hint)])
    try:
        return page_blocks(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        fact = "the file is not UTF-8"
        raise NotifierError([Problem("page/unreadable", fact, place)]) from error


def _catalog(notice: Notice, tag: str) -> PoDocument:
    """Return the catalog that *tag* reads, with all texts of the notice."""
    documents = read_documents(notice)
    names = catalog_chain(tag, documents)
    if names:
        tag, document = names[-1], documents[names[-1]]
    else:
        document = new_document(catalog_path(tag), notice.id, tag)
    texts = notice_texts(notice, documents)
    return merge_document(document, wanted_texts(notice, tag, document, texts))


def _translations(pairs: tuple[tuple[Side, Side], ...]) -> dict[str, Side]:
    """Return what the pairs say, by the comparable text; the first to say it counts."""
    found: dict[str, Side] = {}
    for one, other in pairs:
        for original, translated in finer_pairs(one.text, other.text):
            found.setdefault(_without_targets(original), Side(translated, other.line))
    return found


def _wording(notice: Notice, tag: str) -> Wording:
    catalogs, _ = read_catalogs(notice)
    return word(notice, catalogs(tag), tag)


def _adopted(
    entry: Entry,
    found: Mapping[str, Side],
    wordings: tuple[Wording, Wording],
    shown: str,
) -> tuple[Entry, list[Problem]]:
    """Return *entry* with the translation of the page, if it holds one."""
    if entry.obsolete or entry.plural is not None or entry.context is not None:
        return entry, []
    parts = [block.text for block in page_blocks(entry.id)]
    text, done, line = entry.id, 0, 0
    for part in parts if len(parts) > 1 else [entry.id]:
        side = found.get(_without_targets(_printed(part, wordings[0])))
        at = text.find(part, done)
        if side is None or at < 0:
            return entry, []
        said = side.text if _is_markdown(entry) else plainly(side.text)
        said = _with_targets(said, part)
        line = side.line
        for held in PLACEHOLDER.findall(part):
            mark = f"{{{held[0]}:{held[1]}}}"
            value = _printed(mark, wordings[1])
            told = _whole(value).search(said)
            if told is None:
                return entry, [_other_value(mark, value, said, Place(shown, line))]
            said = f"{said[: told.start()]}{mark}{said[told.end() :]}"
        text = text[:at] + said + text[at + len(part) :]
        done = at + len(said)
    if text == entry.id:
        # It may stand there because nobody has translated it.
        return entry, []
    new = amend(entry, forms=(text,))
    problem = translation_problem(new, Place(shown, line))
    if problem is not None:
        return entry, [replace(problem, severity=Severity.WARNING)]
    return new, []


def _whole(value: str) -> re.Pattern[str]:
    """Return a pattern of *value* that no longer number or word contains."""
    is_latin = unicodedata.name(value[-1], "").startswith("LATIN")
    before = r"(?<!\d)" if value[0].isdigit() else ""
    after = r"(?![^\W\d_])" if is_latin else r"(?!\d)" if value[-1].isdigit() else ""
    return re.compile(f"{before}{re.escape(value)}{after}")


def _other_value(mark: str, value: str, said: str, place: Place) -> Problem:
    fact = f"{mark} is printed as {value!r}, which is not in {said[:60]!r}"
    hint = "translate it by hand, with the placeholder"
    return Problem("page/value", fact, place, hint, Severity.WARNING)


def _is_markdown(entry: Entry) -> bool:
    return any(note.endswith("Markdown") for note in entry.explanations)


def _printed(text: str, wording: Wording) -> str:
    """Return *text* with its values as a page in the words of *wording* prints them."""
    place = Place(TEMPLATE)
    return PLACEHOLDER.sub(lambda held: wording.text(Text(held[0], False, place)), text)


def _without_targets(text: str) -> str:
    """Return *text* to be compared, whatever language its addresses lead to."""
    return comparable(_TARGET.sub("", text))


def _with_targets(text: str, source: str) -> str:
    """Return *text* with the addresses of *source*, which get localized in printing."""
    targets = _TARGET.findall(source)
    if len(targets) != len(_TARGET.findall(text)):
        return text
    left: Iterator[str] = iter(targets)
    return _TARGET.sub(lambda _: next(left), text)
