"""Read one gettext PO file; whatever is wrong with it becomes located problems."""

from __future__ import annotations

import gettext
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from notifier.errors import Place, Problem, Severity
from notifier.language.locales import babel_locale, negotiate
from notifier.language.numbers import plural_category
from notifier.language.placeholders import placeholder_fault
from notifier.language.po_syntax import syntax_problems
from notifier.language.texts import text_problem
from notifier.reading import find_file, unreadable

Key = tuple[str | None, str]

_LARGEST = 5_000_000
# Among these, each language has met all its forms for whole numbers of things, and
# twice those that are not for one number alone.
_COUNTS = range(1, 103)
_SYNTAX_HINT = "msgfmt -c shows what is expected there"
# What Babel's parser lets through where a header or an entry is out of shape.
_BABEL_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    UnknownLocaleError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Translation:
    """The forms of one message; *choose* gives the index of the form for a count."""

    forms: tuple[str, ...]
    choose: Callable[[int], int]

    def form(self, n: int) -> str:
        """Return the form for *n* things; the last one if the file's rule fails."""
        try:
            return self.forms[self.choose(n)]
        except (ArithmeticError, IndexError):
            return self.forms[-1]


@dataclass(frozen=True, slots=True)
class PoFile:
    """The usable translations of a file, and its problems."""

    translations: Mapping[Key, Translation] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_po_file(folder: Path, name: str, *, tag: str, shown: str) -> PoFile:
    """Read the catalog *name* in *folder* for the locale *tag*.

    Problems name it *shown*. Fuzzy and empty entries are left out, and so are those
    with a problem. A file is parsed once for each size and time of change.
    """
    found = find_file(folder, name, most=_LARGEST)
    if isinstance(found, Path):
        try:
            state = found.stat()
            return _read(found, (state.st_mtime_ns, state.st_size), tag, shown)
        except OSError as error:
            found = unreadable(name, error)
    if found is None:
        return PoFile()
    return _refused(f"catalog/{found.kind}", found.message, Place(shown), found.hint)


@lru_cache(maxsize=256)
def _read(path: Path, state: tuple[int, int], tag: str, shown: str) -> PoFile:
    with path.open("rb") as file:
        data = file.read(_LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(shown, data.count(b"\n", 0, error.start) + 1)
        fact = f"byte {data[error.start]:#04x} is not UTF-8"
        return _refused("catalog/encoding", fact, place, "save the file as UTF-8")
    faults = syntax_problems(text, shown)
    return PoFile(problems=faults) if faults else _parse(text, tag, shown)


def _refused(rule: str, fact: str, place: Place, hint: str) -> PoFile:
    return PoFile(problems=(Problem(rule, fact, place, hint),))


def _parse(text: str, tag: str, shown: str) -> PoFile:
    lines = map(_line_for_babel, text.split("\n"))
    try:
        locale = str(babel_locale(tag))
        catalog = read_po(
            lines, locale=locale, ignore_obsolete=True, abort_invalid=True
        )
        choose = gettext.c2py(catalog.plural_expr)
        chosen = tuple(choose(count) for count in _COUNTS)
    except PoFileError as error:
        place = Place(shown, error.lineno + 1)
        return _refused("catalog/syntax", str(error)[:200], place, _SYNTAX_HINT)
    except _BABEL_ERRORS as error:
        fact = f"malformed header or entry: {str(error)[:80]!r}"
        return _refused("catalog/syntax", fact, Place(shown), _SYNTAX_HINT)
    return _collect(catalog, choose, chosen, Place(shown), tag)


def _line_for_babel(line: str) -> str:
    """Return *line* without what nobody asks for: where a message comes from.

    Babel stumbles over the former texts of obsolete entries (`#~|`).
    """
    return "" if line.startswith("#~|") else "#" if line.startswith("#:") else line


def _collect(
    catalog: BabelCatalog,
    choose: Callable[[int], int],
    chosen: tuple[int, ...],
    file: Place,
    tag: str,
) -> PoFile:
    messages = [message for message in catalog if message.id]
    problems = [*_language_problems(catalog, file, tag), *_fuzzy(messages, file)]
    if any(message.pluralizable for message in messages):
        problems += _plural_problems(catalog, chosen, file, tag)
    uses = Counter(chosen)
    translations: dict[Key, Translation] = {}
    for message in messages:
        sources, forms = _texts(message.id), _texts(message.string or "")
        if message.fuzzy or not any(forms):
            continue
        problem = _message_problem(sources, forms, uses)
        if problem is None:
            translations[message.context, sources[0]] = Translation(forms, choose)
        else:
            place = replace(file, line=message.lineno)
            problems.append(replace(problem, place=place))
    if any(problem.is_error and problem.place == file for problem in problems):
        return PoFile(problems=tuple(problems))
    return PoFile(translations, tuple(problems))


def _fuzzy(messages: Iterable[Message], file: Place) -> Iterator[Problem]:
    """Say which translations do not count because somebody marked them as doubtful."""
    lines = [str(message.lineno) for message in messages if message.fuzzy]
    if lines:
        shown = ", ".join(lines[:10]) + (" …" if len(lines) > 10 else "")
        fact = f"{len(lines)} marked fuzzy, which do not count (lines {shown})"
        hint = "read them and remove the mark"
        yield Problem("catalog/fuzzy", fact, file, hint, Severity.WARNING)


def _texts(strings: str | Iterable[str]) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else tuple(strings)


def _message_problem(
    sources: tuple[str, ...], forms: tuple[str, ...], uses: Counter[int]
) -> Problem | None:
    if not all(forms):
        fact = f"{sources[0][:80]!r} lacks {forms.count('')} of {len(forms)} forms"
        return Problem("catalog/plurals", fact, hint="translate each msgstr[…]")
    for index, form in enumerate(forms):
        one = len(forms) > 1 and uses[index] <= 1
        fault = placeholder_fault(sources, form, one=one)
        if fault:
            fact = f"{fault} in the translation of {sources[0][:80]!r}"
            hint = "copy the placeholders of the message, write '%%' for a percent sign"
            return Problem("catalog/placeholder", fact, hint=hint)
        if problem := text_problem(sources, form):
            return problem
    return None


def _plural_problems(
    catalog: BabelCatalog, chosen: tuple[int, ...], file: Place, tag: str
) -> Iterator[Problem]:
    """Compare the header's rule with CLDR: unlike categories need unlike forms."""
    categories: dict[int, set[str]] = {}
    for count, form in zip(_COUNTS, chosen, strict=True):
        categories.setdefault(form, set()).add(plural_category(count, tag))
    mixed = next((names for names in categories.values() if len(names) > 1), None)
    if mixed or not set(categories) <= set(range(catalog.num_plurals)):
        fact = f"{catalog.plural_forms[:80]!r} does not suit {tag}"
        hint = f"it makes one form of {' and '.join(sorted(mixed))}" if mixed else None
        yield Problem("catalog/plurals", fact, file, hint)


def _language_problems(
    catalog: BabelCatalog, file: Place, tag: str
) -> Iterator[Problem]:
    named = catalog.locale_identifier or tag
    try:
        same = negotiate(named, (tag,)) is not None
    except ValueError:
        same = False
    if not same:
        fact = f"the header says Language: {named[:80]!r}, the folder {tag!r}"
        hint = "put the file where it belongs, or mend its header"
        yield Problem("catalog/language", fact, file, hint, Severity.WARNING)
