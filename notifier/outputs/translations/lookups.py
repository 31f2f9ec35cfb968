"""Which messages each document looks up, found by making the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from notifier.content.compiler import DOCUMENTS, Compiler
from notifier.content.editions import EditionKey
from notifier.content.library import CodeCache
from notifier.content.shape import Shape
from notifier.content.wave_words import wave_words
from notifier.content.waves import wave_shape, wave_values
from notifier.language.catalogs import Catalog
from notifier.language.numbers import plural_category
from notifier.language.pofile import Key, Translation
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.readers import SAMPLE_INSTANCES


@dataclass(frozen=True, slots=True)
class _Asked(Mapping[Key, Translation]):
    """Translations that remember which messages were looked up."""

    known: Mapping[Key, Translation]
    asked: dict[Key, None] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> Translation:
        self.asked[key] = None
        return self.known[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def looked_up(
    notice: Notice, plan: Plan, catalog: Catalog, codes: CodeCache
) -> Mapping[str, tuple[Key, ...]]:
    """Return the messages that each document of *notice* looks up in *catalog*.

    An announcement is made for every wave, the past ones too. *codes* is kept from
    one locale to the next, which saves most of the time.

    Raises:
        NotifierError: a template fails.
    """
    found = {}
    for document in DOCUMENTS:
        asked = _Asked(catalog.translations)
        recording = replace(catalog, translations=asked)
        catalogs = {catalog.tag: recording}.__getitem__
        compiler = Compiler(notice, plan, catalogs, _columns(notice), codes)
        _make(document, compiler, catalog.tag)
        found[document] = tuple(key for key in asked.asked if key[1])
    return found


def _columns(notice: Notice) -> frozenset[str]:
    return frozenset(notice.contacts.extra) if notice.contacts else frozenset()


def _make(document: str, compiler: Compiler, lang: str) -> None:
    if document != "announcement":
        compiler.edition(EditionKey(document, lang, lang))
        return
    count = plural_category(SAMPLE_INSTANCES, lang)
    wording = compiler.wording(lang, lang)
    for wave in compiler.plan.waves:
        zone = wave.window.timezone
        shape = replace(wave_shape(wave, zone=zone), count=count)
        compiler.edition(EditionKey(document, lang, lang, shape, "mail"))
        values = wave_values(wave, wording, zone=zone)
        wave_words(wave, compiler.notice, wording, values=values)
    if not compiler.plan.waves:
        shape = Shape(count=count)
        compiler.edition(EditionKey(document, lang, lang, shape, "mail"))
