"""A gettext catalog as a document: what is not changed keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel.messages.plurals import get_plural
from babel.messages.pofile import unescape

from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.language.locales import babel_locale
from notifier.language.po_entry import Entry, written
from notifier.language.po_syntax import syntax_problems
from notifier.language.pofile import Key
from notifier.reading import Refusal, read_limited

_LARGEST = 5_000_000
_MESSAGE = re.compile(
    r"(?:(?P<word>msgctxt|msgid|msgid_plural|msgstr)(?:\[(?P<form>\d)\])? )?"
    r'(?P<text>".*")'
)
_HINT = "msgfmt -c shows what is expected there"


@dataclass(frozen=True, slots=True)
class PoDocument:
    """The header and the messages of a catalog in order, obsolete ones among them.

    *shown* is how problems name the file.
    """

    shown: str
    header: Entry
    entries: tuple[Entry, ...] = ()
    tail: str = ""
    newline: str = "\n"

    @property
    def current(self) -> Mapping[Key, Entry]:
        """Return the messages that are not obsolete."""
        return {entry.key: entry for entry in self.entries if not entry.obsolete}

    @property
    def plural_count(self) -> int:
        """Return how many plural forms the header announces."""
        found = re.search(r"nplurals\s*=\s*(\d+)", self.header.forms[0])
        return int(found[1]) if found else 2

    def place(self, entry: Entry) -> Place:
        """Return the line of *entry* in the file."""
        return Place(self.shown, entry.line)


def new_document(
    shown: str, project: str, tag: str | None, *, comment: str = ""
) -> PoDocument:
    """Return an empty catalog for the locale *tag*, or a template for None."""
    fields = {"Project-Id-Version": project}
    if tag:
        fields["Language"] = tag
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if tag:
        fields["Plural-Forms"] = f"{get_plural(str(babel_locale(tag))).plural_forms}"
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    remarks = (comment,) if comment else ()
    return PoDocument(shown, Entry("", (text,), remarks=remarks, gap=""))


def read_document(
    folder: Path, name: str, *, shown: str, tag: str | None = None
) -> PoDocument | None:
    """Read the catalog *name* in *folder*, None where there is none.

    One without a header gets that of the locale *tag*.

    Raises:
        NotifierError: it is no well-formed catalog; each problem has its line.
    """
    data = read_limited(folder, name, most=_LARGEST)
    if data is None:
        return None
    if isinstance(data, Refusal):
        rule = f"catalog/{data.kind}"
        raise NotifierError([Problem(rule, data.message, Place(shown), data.hint)])
    try:
        return parse_document(data.decode("utf-8-sig"), shown, tag)
    except UnicodeDecodeError as error:
        fact = f"byte {data[error.start]:#04x} is not UTF-8"
        place = Place(shown, data.count(b"\n", 0, error.start) + 1)
        hint = "save the file as UTF-8"
        raise NotifierError([Problem("catalog/encoding", fact, place, hint)]) from error


def parse_document(text: str, shown: str, tag: str | None = None) -> PoDocument:
    """Return the catalog *text*, with a header for the locale *tag* if it has none.

    Raises:
        NotifierError: it is not well-formed; each problem has its line.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    raise_errors(syntax_problems(text, shown))
    chunks, tail = _chunks(text, shown)
    entries = [_entry(chunk, shown) for chunk in chunks]
    if not entries or entries[0].id or entries[0].obsolete:
        header = new_document(shown, "", tag).header
        entries = [replace(each, gap=each.gap or "\n") for each in entries]
        return PoDocument(shown, header, tuple(entries), tail, newline)
    return PoDocument(shown, entries[0], tuple(entries[1:]), tail, newline)


def document_bytes(document: PoDocument) -> bytes:
    """Return the file that holds *document*."""
    parts = [written(document.header)]
    parts += [written(entry) for entry in document.entries]
    text = "".join(parts) + document.tail
    return text.replace("\n", document.newline).encode()


@dataclass(slots=True)
class _Chunk:
    """The lines of one message, as they are read."""

    first: int
    gap: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    line: int = 0
    obsolete: bool = False
    comments: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, list[str]] = field(default_factory=dict)
    word: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the translation has begun, after which a message can end."""
        return any(word.startswith("msgstr") for word in self.texts)

    def begins_with(self, content: str) -> bool:
        """Tell whether a line with *content* belongs to the next message."""
        bare = content.removeprefix("#~").lstrip()
        is_text = content.startswith("#~") or not content.startswith("#")
        if not is_text or content.startswith("#~|"):
            return self.is_done
        return self.is_done and bare.startswith(("msgid ", "msgctxt ", 'msgid"'))

    def take(self, line: str, content: str, number: int) -> None:
        """Read one line."""
        if not content and self.texts:
            self.body.append(f"{line}\n")
        elif not content and not self.head:
            self.gap.append(f"{line}\n")
        elif not content:
            self.head.append(f"{line}\n")
        elif content.startswith("#~|") or content.startswith("#|"):
            self.head.append(f"{line}\n")
            self._text(self.former, content.lstrip("#~|").strip())
        elif content.startswith("#") and not content.startswith("#~"):
            if self.texts:
                raise ValueError("a comment inside a message")
            self.head.append(f"{line}\n")
            mark = content[1:2] if content[1:2] in (".", ":", ",") else ""
            rest = content[1 + len(mark) :].removeprefix(" ")
            self.comments.setdefault(mark, []).append(rest)
        else:
            self.line = self.line or number
            self.obsolete = content.startswith("#~")
            self.body.append(f"{line}\n")
            self._text(self.texts, content.removeprefix("#~").strip())

    def _text(self, texts: dict[str, list[str]], content: str) -> None:
        found = _MESSAGE.fullmatch(content)
        if found is None:
            raise ValueError(f"not a line of a PO file: {content[:80]!r}")
        if found["word"]:
            form = found["form"]
            self.word = found["word"] + (f"[{form}]" if form else "")
            if self.word in texts:
                raise ValueError(f"a second {self.word} in one message")
        texts.setdefault(self.word, []).append(unescape(found["text"]))

    def entry(self) -> Entry:
        """Return what the lines say; ValueError says why they say nothing."""
        texts = _joined(self.texts)
        forms = tuple(text for word, text in texts.items() if word.startswith("msgstr"))
        numbered = [f"msgstr[{number}]" for number in range(len(forms))]
        expected = numbered if "msgid_plural" in texts else ["msgstr"]
        if [word for word in texts if word.startswith("msgstr")] != expected:
            raise ValueError("a message without its msgstr, or with another's")
        if "msgid" not in texts:
            raise ValueError("a translation without its msgid")
        flags = ",".join(self.comments.get(",", ())).split(",")
        return Entry(
            texts["msgid"],
            forms,
            texts.get("msgctxt"),
            texts.get("msgid_plural"),
            remarks=tuple(self.comments.get("", ())),
            notes=tuple(self.comments.get(".", ())),
            places=tuple(" ".join(self.comments.get(":", ())).split()),
            flags=tuple(flag.strip() for flag in flags if flag.strip()),
            former=tuple(_joined(self.former).items()),
            obsolete=self.obsolete,
            line=self.line,
            gap="".join(self.gap),
            head="".join(self.head),
            body="".join(self.body),
        )


def _joined(texts: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: "".join(parts) for word, parts in texts.items()}


def _entry(chunk: _Chunk, shown: str) -> Entry:
    try:
        return chunk.entry()
    except ValueError as error:
        raise _malformed(error, Place(shown, chunk.line or chunk.first)) from error


def _chunks(text: str, shown: str) -> tuple[list[_Chunk], str]:
    """Return the messages of a file, and what follows the last one."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    chunks = [_Chunk(1)]
    for number, line in enumerate(lines, start=1):
        content = line.strip()
        last = chunks[-1]
        if last.begins_with(content) if content else last.is_done:
            chunks.append(_Chunk(number))
        try:
            chunks[-1].take(line, content, number)
        except ValueError as error:
            raise _malformed(error, Place(shown, number)) from error
    last = chunks[-1]
    return (chunks, "") if last.texts else (chunks[:-1], "".join(last.gap + last.head))


def _malformed(error: ValueError, place: Place) -> NotifierError:
    return NotifierError([Problem("catalog/syntax", str(error), place, _HINT)])
