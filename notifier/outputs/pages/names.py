"""Find customers, contacts and instances that a public text would name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from notifier.content.dialect.scripts import is_unspaced
from notifier.errors import Problem, Severity
from notifier.language.catalogs import Catalog
from notifier.model.notice import Notice
from notifier.notice import read_contacts
from notifier.outputs.pages.public_texts import PublicText, public_texts

RULES = {
    "publish/names-customer": "a public text names a customer",
    "publish/names-contact": "a public text names a contact, or an address of one",
    "publish/names-instance": "a public text names an instance",
}
_WORD = re.compile(r"\w+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]")
# It begins where a run of such signs begins, or a long run would be read ever again.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+\w")
# Only such an id can be told from a word; `pilot` may be both.
_TELLING = re.compile(r"\d|[._-]")
_INSTANCE = "publish/names-instance"
# So many names are looked for one by one; of more, those whose beginning is there.
_FEW = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Something that must not be public: the rule that it breaks, and what it is."""

    rule: str
    what: str
    is_sure: bool = True


@dataclass(slots=True)
class Names:
    """Finds names in texts: whole words, case and all, wherever they stand.

    A name of one word may be a word of the language, too: finding it is a warning.
    """

    _known: dict[tuple[str, ...], Found] = field(default_factory=dict)
    # Signs that have been looked at and name nobody: most texts hold the same.
    _others: set[str] = field(default_factory=set)
    # By the first word, how many words the names have that begin with it.
    _lengths: dict[str, set[int]] = field(default_factory=dict)
    # Names in scripts without blanks, by their first two characters; how long they are.
    _runs: dict[str, dict[str, Found]] = field(default_factory=dict)
    _spans: dict[str, set[int]] = field(default_factory=dict)

    def add(self, name: str, rule: str, what: str) -> None:
        """Look for *name*, which is that of *what*."""
        words = tuple(_WORD.findall(name))
        if len(name) < 3 or not words:
            return
        if any(map(is_unspaced, name)):
            runs = self._runs.setdefault(name[:2], {})
            runs.setdefault(name, Found(rule, what))
            self._spans.setdefault(name[:2], set()).add(len(name))
        else:
            self._put(words, Found(rule, what, len(words) > 1))

    def add_exact(self, sign: str, rule: str, what: str) -> None:
        """Look for *sign*, an id or an e-mail address, whatever its case.

        Digits alone may be any number: finding them is a warning.
        """
        if len(sign) >= 3:
            is_sure = any(map(str.isalpha, sign))
            self._put((sign.casefold(),), Found(rule, what, is_sure))

    def _put(self, words: tuple[str, ...], found: Found) -> None:
        self._lengths.setdefault(words[0], set()).add(len(words))
        self._known.setdefault(words, found)
        self._others.clear()

    def find(self, text: str) -> Iterator[Found]:
        """Yield what *text* names."""
        words = _WORD.findall(text)
        if not self._lengths.keys().isdisjoint(words):
            yield from self._spaced(words)
        addresses = _ADDRESS.findall(text) if "@" in text else ()
        for sign in dict.fromkeys((*_ID.findall(text), *addresses)):
            if sign in self._others:
                continue
            if found := self._known.get((sign.casefold(),)):
                yield found
            else:
                self._others.add(sign)
        heads: Iterable[str] = self._runs
        if len(self._runs) > _FEW:
            pairs = set(map(str.__add__, text, text[1:]))
            heads = (head for head in heads if head in pairs)
        for head in heads:
            yield from self._unspaced(text, head)

    def _spaced(self, words: Sequence[str]) -> Iterator[Found]:
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                if found := self._known.get(tuple(words[start : start + length])):
                    yield found

    def _unspaced(self, text: str, head: str) -> Iterator[Found]:
        start = text.find(head)
        while start >= 0:
            for length in self._spans[head]:
                if found := self._runs[head].get(text[start : start + length]):
                    yield found
            start = text.find(head, start + 1)


def name_problems(
    notice: Notice, catalogs: Callable[[str], Catalog], names: Names | None = None
) -> tuple[Problem, ...]:
    """Return a problem per customer, contact or instance that a text of *notice* names.

    Its ids, front matter, translations and templates are looked through, too. *names*
    are the `names_of` the notice, if they are known.
    """
    names = names or names_of(notice)
    problems = (
        problem
        for text in public_texts(notice, catalogs)
        for problem in _named(names, text)
    )
    return tuple(dict.fromkeys(problems))


def names_of(notice: Notice) -> Names:
    """Return the names that no public text of *notice* may hold."""
    names = Names()
    # Who publishes may be among its own customers.
    own = {notice.publisher.name, notice.support.name.source}
    for customer in (notice.customers or {}).values():
        if customer.name not in own:
            rule = "publish/names-customer"
            names.add(customer.name, rule, f"the customer {customer.name[:80]!r}")
            if _TELLING.search(customer.id):
                names.add_exact(customer.id, rule, f"the customer {customer.id!r}")
    for instance in notice.instances or ():
        if _TELLING.search(instance.id):
            what = f"the instance {instance.id!r}"
            names.add_exact(instance.id, _INSTANCE, what)
    for _, contact in read_contacts(notice.contacts) if notice.contacts else ():
        rule, what = "publish/names-contact", f"the contact {contact.name[:80]!r}"
        if len(_WORD.findall(contact.name)) > 1 and contact.name not in own:
            names.add(contact.name, rule, what)
        what = f"the address {contact.email[:80]!r} of a contact"
        names.add_exact(contact.email, rule, what)
    return names


def _named(names: Names, text: PublicText) -> Iterator[Problem]:
    for found in names.find(text.said):
        message = f"{found.what} is named in a text that anybody can read"
        hint = "reword it: public pages name no customer, contact or instance"
        # A wave or an environment may well be called as an instance is.
        is_sure = found.is_sure and not (text.is_key and found.rule == _INSTANCE)
        severity = Severity.ERROR if is_sure else Severity.WARNING
        yield Problem(found.rule, message, text.place, hint, severity)
