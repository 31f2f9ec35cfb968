"""Mutations of catalogs: of the author's texts, and of built-in sentences reworded."""

from __future__ import annotations

import re

from mutants import Mutation, appended, replaced

from notifier.resources import resource_folder

_ENTRY = re.compile(
    r'^msgid (".*"(?:\n".*")*)\nmsgstr (".*"(?:\n".*")*)$', re.MULTILINE
)
_NAMED = re.compile(r"%\((\w+)\)s")
_BRACED = re.compile(r"\{(date|duration|link):([^}]*)\}")
_LINK = re.compile(r"\]\(https://[^)]*\)")
_NUMBER = re.compile(r"(?<![\w{:.-])\d+(?![\w}.-])")
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_CODE = re.compile(r"`[^`]+`")
_STOP = re.compile(r"[.。]$")


def catalog_mutations(folder, lang, chance):
    """Return mutations of the catalog of *lang* in *folder*."""
    name = f"locales/{lang}/LC_MESSAGES/notice.po"
    text = (folder / name).read_text("utf-8")
    made = []
    for number, found in enumerate(list(_ENTRY.finditer(text))[1:]):
        source, form = (_joined(found[group]) for group in (1, 2))
        whole = [
            ("remove", _entry(source, "")),
            ("forget", ""),
            ("doubt", f"#, fuzzy\n{found[0]}"),
            ("leave in English", _entry(source, source)),
            ("change the source", _entry(f"{source}!", form)),
            ("break a quote", found[0][:-1]),
        ]
        added, inside = list(_added(form)), list(_damaged(form))
        chosen = [chance.choice(whole), chance.choice(added)]
        for sort, new in chosen + chance.sample(inside, min(5, len(inside))):
            entry = new if (sort, new) in whole else _entry(source, new)
            where = f"{lang} {number} {source[:30]!r}: {sort}"
            made.append(Mutation(sort, where, replaced(name, found[0], entry)))
    return [*made, *_of_the_file(name, lang)]


def _added(form):
    """Yield *form* with something behind it."""
    yield "add a placeholder", f"{form} {{date:2024-01-01}}"
    yield "add a link", f"{form} https://evil.example.com"
    yield "add a tag", f"{form} <b>x</b>"
    yield "add a line", f"{form}\\n\\nx"


def _damaged(form):
    """Yield translations that say something else than *form*."""
    for found in _BRACED.finditer(form):
        kind, value = found.groups()
        other = {
            "date": "2024-03-02",
            "duration": "19 minutes",
            "link": "suport",
        }[kind]
        yield "drop a placeholder", _without(form, found)
        yield f"another {kind}", _without(form, found, f"{{{kind}:{other}}}")
        yield "translate a placeholder", _without(form, found, f"{{x:{value}}}")
        yield "double a placeholder", _without(form, found, found[0] * 2)
    for found in _LINK.finditer(form):
        yield "change a link", _without(form, found, "](https://evil.example.com/)")
        yield "drop a link", _without(form, found, "]")
    for found in _NUMBER.finditer(form):
        number = str(int(found[0]) + 1)
        yield "another number", _without(form, found, number)
    for found in _BOLD.finditer(form):
        yield "drop the marks", _without(form, found, found[0].strip("*"))
    for found in _CODE.finditer(form):
        yield "translate code", _without(form, found, "`x`")
        yield "drop the marks", _without(form, found, found[0].strip("`"))
    if found := _STOP.search(form):
        yield "drop the full stop", _without(form, found)


def _of_the_file(name, lang):
    header = f'"Language: {lang}\\n"'
    other = "fr" if lang != "fr" else "it"
    yield Mutation(
        "another language",
        f"{lang}: another language in the header",
        replaced(name, header, header.replace(lang, other)),
    )
    yield Mutation(
        "break a quote",
        f"{lang}: a damaged header",
        replaced(name, header, header[:-1]),
    )
    yield Mutation(
        "no catalog", f"{lang}: no catalog", lambda folder: (folder / name).unlink()
    )
    yield Mutation(
        "not UTF-8",
        f"{lang}: Latin-1",
        lambda folder: (folder / name).write_bytes(b'msgid "a"\nmsgstr "\xe9"\n'),
    )
    yield Mutation("comment", f"{lang}: a comment", appended(name, "\n# mind this\n"))


def reworded_mutations(lang, chance, count):
    """Return mutations of built-in sentences, as the notice's own catalog has them."""
    name = f"locales/{lang}/LC_MESSAGES/notice.po"
    path = resource_folder("locales") / lang / "LC_MESSAGES" / "notifier.po"
    entries = [
        (_joined(found[1]), _joined(found[2]))
        for found in _ENTRY.finditer(path.read_text("utf-8"))
        if _NAMED.search(found[1])
    ]
    made = []
    for source, form in chance.sample(entries, count):
        found = chance.choice([*_NAMED.finditer(form)])
        sort, new = chance.choice(
            (
                ("drop a placeholder", _without(form, found)),
                ("translate a placeholder", _without(form, found, "%(nome)s")),
                ("break a placeholder", _without(form, found, found[0][:-1])),
                ("repeat what is built in", form),
            )
        )
        where = f"{lang} {source[:40]!r}: {sort}"
        entry = f"\n{_entry(source, new)}\n"
        made.append(Mutation(sort, where, appended(name, entry)))
    return made


def _joined(quoted):
    """Return the text between the quotes of one or several lines."""
    return "".join(line[1:-1] for line in quoted.split("\n"))


def _entry(source, form):
    return f'msgid "{source}"\nmsgstr "{form}"'


def _without(text, found, new=""):
    return text[: found.start()] + new + text[found.end() :]
