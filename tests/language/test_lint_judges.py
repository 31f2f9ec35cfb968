"""Two other programs judge damaged catalogs: what they find, we find, and where."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from notifier.errors import NotifierError
from notifier.language.glossary import Glossary
from notifier.language.lint import lint_document
from notifier.language.po_document import read_document
from notifier.language.pofile import read_po_file
from notifier.resources import resource_folder

pytestmark = pytest.mark.slow

SAMPLE = resource_folder("examples") / "email-infrastructure"
SHIPPED = sorted(
    [
        *resource_folder("locales").glob("*/LC_MESSAGES/notifier.po"),
        *SAMPLE.glob("locales/*/LC_MESSAGES/notice.po"),
    ]
)
# The filters of pofilter that no language has to break.
FILTERS = frozenset(
    [
        "blank",
        "doublespacing",
        "emails",
        "endwhitespace",
        "escapes",
        "newlines",
        "printf",
        "pythonbraceformat",
        "startwhitespace",
        "tabs",
        "urls",
        "variables",
        "xmltags",
    ]
)
SOUND = r"""msgid ""
msgstr ""
"Project-Id-Version: sample\n"
"Language: de\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#, python-format
msgid "%(name)s starts on %(day)s."
msgstr "%(name)s beginnt am %(day)s."

#, python-format
msgid "%(count)s file"
msgid_plural "%(count)s files"
msgstr[0] "%(count)s Datei"
msgstr[1] "%(count)s Dateien"

#, python-brace-format
msgid "It takes {duration:2 hours}."
msgstr "Es dauert {duration:2 hours}."

msgid "See <b>this</b> at https://a.example/b, or write to a@b.example."
msgstr "Siehe <b>dies</b> unter https://a.example/b, oder schreiben Sie an a@b.example."

msgid "one two three"
msgstr "eins zwei drei"
"""
# What is put in the place of what, our rule, and the judge who finds it, too.
DAMAGES = {
    "renamed-placeholder": (
        "beginnt am %(day)s",
        "am %(tag)s",
        "placeholder",
        "msgfmt",
    ),
    "lost-placeholder": ("beginnt am %(day)s", "beginnt", "placeholder", "printf"),
    "broken-placeholder": ("am %(day)s", "am %(day)", "placeholder", "msgfmt"),
    "lone-percent": ("beginnt am", "100 % am", "placeholder", "msgfmt"),
    "brace": (
        "Es dauert {duration:2 hours}",
        "Es {dauer}",
        "placeholder",
        "pythonbraceformat",
    ),
    "missing-plural": ('msgstr[1] "%(count)s Dateien"\n', "", "plurals", "msgfmt"),
    "plural-rule": ("nplurals=2", "nplurals=3", "plurals", "msgfmt"),
    "no-quote": ('"eins zwei drei"', '"eins zwei drei', "syntax", "msgfmt"),
    "stray-line": ('msgid "one', 'stray "x"\nmsgid "one', "syntax", "msgfmt"),
    "twice": (
        'msgid "one two three"',
        'msgid "%(name)s starts on %(day)s."',
        "syntax",
        "msgfmt",
    ),
    "escape": ('"eins zwei', r'"eins \q zwei', "syntax", "msgfmt"),
    "line-break": ('"eins zwei', '"eins\\nzwei', "text", "newlines"),
    "tab": ('"eins zwei', '"eins\\tzwei', "text", "tabs"),
    "nothing-but-blanks": ('"eins zwei drei"', '"   "', "text", "blank"),
    "tag": ("<b>dies</b>", "<b>dies", "tags", "xmltags"),
    "foreign-tag": ("<b>dies</b>", "<i>dies</i>", "text", "xmltags"),
    "address": ("https://a.example/b", "https://a.example/c", "links", "urls"),
    "e-mail": ("an a@b.example", "an c@b.example", "links", "emails"),
    "two-blanks": ("eins zwei", "eins  zwei", "blanks", "doublespacing"),
    "blank-before": ('"eins', '" eins', "blanks", "startwhitespace"),
    "blank-behind": ('drei"', 'drei "', "blanks", "endwhitespace"),
}


def ours(path: Path, tag: str = "de") -> set[str]:
    """Return the rules that we find broken."""
    found = [*read_po_file(path.parent, path.name, tag=tag, shown=path.name).problems]
    try:
        document = read_document(path.parent, path.name, shown=path.name)
        assert document is not None
        found += lint_document(document, tag, Glossary(), is_source=True)
    except NotifierError as error:
        found += error.problems
    return {each.rule.removeprefix("catalog/") for each in found}


def msgfmt_refuses(path: Path) -> bool:
    if shutil.which("msgfmt") is None:
        pytest.skip("needs msgfmt (package gettext)")
    judged = subprocess.run(
        ["msgfmt", "-c", "--check-format", "-o", "/dev/null", path],
        capture_output=True,
        check=False,
    )
    return judged.returncode != 0


def pofilter_finds(path: Path, tag: str = "de") -> set[str]:
    checks = pytest.importorskip(
        "translate.filters.checks", reason="needs translate-toolkit"
    )
    pypo = pytest.importorskip("translate.storage.pypo")
    checker = checks.StandardChecker(checks.CheckerConfig(targetlanguage=tag))
    found = set()
    for unit in pypo.pofile.parsefile(str(path)).units:
        if not unit.isheader() and not unit.isobsolete():
            found |= set(checker.run_filters(unit))
    return found & FILTERS


def test_nobody_finds_a_fault_in_the_sound_catalog(tmp_path):
    path = tmp_path / "notice.po"
    path.write_text(SOUND, "utf-8")

    assert (ours(path), msgfmt_refuses(path), pofilter_finds(path)) == (
        set(),
        False,
        set(),
    )


@pytest.mark.parametrize(("old", "new", "rule", "judge"), DAMAGES.values(), ids=DAMAGES)
def test_what_a_judge_finds_in_a_damaged_catalog_we_find(
    tmp_path, old, new, rule, judge
):
    assert old in SOUND
    path = tmp_path / "notice.po"
    path.write_text(SOUND.replace(old, new, 1), "utf-8")

    judged = (
        msgfmt_refuses(path) if judge == "msgfmt" else judge in pofilter_finds(path)
    )

    assert judged
    assert rule in ours(path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-4:]))
def test_pofilter_finds_no_fault_in_the_shipped_catalogs(path):
    assert pofilter_finds(path, path.parts[-3].replace("-", "_")) == set()
