"""No single mutation of the sample goes through: a rule tells it, or nobody sees it.

`pytest tests/checks/test_mutations.py -m slow -s` prints what was told of which sort.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter

import pytest
from catalog_mutations import catalog_mutations, reworded_mutations
from folder_mutations import (
    comment_mutations,
    key_mutations,
    table_mutations,
    template_mutations,
    wave_mutations,
)
from mutants import LANGUAGES, all_outputs, pair_sample
from notices import NOW, check, judged
from output_mutations import (
    calendar_mutations,
    document_mutations,
    letter_mutations,
)

from notifier.notice import read_notice
from notifier.outputs.emails import write_emails
from notifier.outputs.mail.due import EmailRequest

pytestmark = pytest.mark.slow

_TEXT = ("facts/", "mail/alternatives")
_MISSING = ("catalog/outdated", "catalog/untranslated", "translation/missing")
_MESSAGE = ("mail/", "facts/", "privacy/")
# By the sort of a mutation, how the rules begin of which at least one must be told;
# sorts without any are told by no rule, as nobody sees them.
RULES = {
    # Catalogs
    "remove": _MISSING,
    "forget": (*_MISSING, "="),
    "doubt": ("catalog/fuzzy",),
    "leave in English": ("catalog/unchanged",),
    "change the source": ("catalog/outdated", "catalog/punctuation"),
    "break a quote": ("catalog/syntax",),
    "add a placeholder": ("catalog/placeholder",),
    "drop a placeholder": ("catalog/placeholder",),
    "double a placeholder": ("catalog/placeholder",),
    "break a placeholder": ("catalog/placeholder",),
    "translate a placeholder": ("catalog/placeholder",),
    "another date": ("catalog/placeholder",),
    "another duration": ("catalog/placeholder",),
    "another link": ("catalog/placeholder", "facts/", "mail/alternatives"),
    "add a link": ("catalog/links",),
    "change a link": ("catalog/links", "notice/", "language/support-link"),
    "drop a link": ("catalog/links",),
    "add a tag": ("catalog/tags",),
    "add a line": ("catalog/text",),
    "another number": ("catalog/numbers", *_TEXT),
    "drop the marks": ("catalog/markup",),
    "translate code": ("catalog/markup",),
    "drop the full stop": ("catalog/punctuation",),
    "another language": ("catalog/", "emails/locale", "accessibility/lang"),
    "no catalog": _MISSING,
    "not UTF-8": ("catalog/encoding",),
    "repeat what is built in": (),
    "comment": (),
    # The schedule
    "shift a wave": ("emails/moved-without-revision",),
    "no such date": ("waves/date",),
    "too little time": ("waves/window-too-short",),
    "no such value": ("waves/", "instances/wave", "yaml/", "notice/"),
    "against the order": ("waves/", "instances/environment"),
    "another state": ("waves/", "instances/wave", "facts/data"),
    # The facts, and the tables
    "misspell a key": ("notice/unknown-key", "notice/section"),
    "change a text": ("catalog/outdated",),
    "a promise": ("waves/notice-period", "notice/action-overdue"),
    "break a field": ("instances/", "contacts/", "customers/"),
    "double a row": ("instances/", "contacts/", "customers/"),
    "shorten a row": ("csv/ragged",),
    "misspell a column": ("csv/missing-column",),
    "remove a customer": ("instances/customer",),
    "drop a fact in a template": ("facts/", "catalog/outdated", "language/plural"),
    # Documents
    "drop a sentence": ("facts/",),
    "no title": ("accessibility/title",),
    "no heading": ("accessibility/heading",),
    "no alternative text": ("accessibility/alt",),
    "another time": ("facts/machine-time", "facts/data"),
    "a customer": ("privacy/public-name",),
    # Messages
    "message: no title": ("accessibility/title",),
    "message: no heading": ("accessibility/heading",),
    "message: no alternative text": ("accessibility/alt",),
    "message: another language": ("accessibility/lang",),
    "message: another link": ("mail/alternatives",),
    "message: another number": _TEXT,
    "message: drop a sentence": ("mail/alternatives",),
    "another header": ("mail/header", "facts/subject"),
    "swap parts": ("privacy/foreign-customer", "facts/instances"),
    "damage bytes": ("mail/wire",),
    # Calendars
    "calendar: another time": ("facts/calendar",),
    "calendar: another revision": ("facts/calendar",),
    "calendar: another state": ("facts/calendar",),
    "calendar: another text": ("facts/calendar-text",),
    "calendar: another identity": ("facts/calendar", "facts/instances"),
    "calendar: no event": ("facts/calendar",),
}


@pytest.fixture(scope="module")
def tally():
    """Count what is told of the mutations of all tests; print it at the end."""
    counts = Counter()
    yield counts
    for (sort, rules), number in sorted(counts.items()):
        print(f"{number:4} {sort}: {rules}")
    silent = sum(n for (_, rules), n in counts.items() if rules == "nobody sees it")
    print(f"{counts.total():4} mutations, {silent} of which nobody sees")


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Return a folder in English and one other language, by that language."""
    top = tmp_path_factory.mktemp("pairs")
    return {
        (lang, is_lean): pair_sample(
            top / f"{lang}-{is_lean}" / "email-infrastructure", lang, is_lean=is_lean
        )
        for lang, is_lean in [*((lang, True) for lang in LANGUAGES), ("it", False)]
    }


@pytest.fixture(scope="module")
def told(pairs, tmp_path_factory):
    """Return what an earlier run wrote, before any wave of the sample had begun."""
    top = tmp_path_factory.mktemp("earlier")
    earlier = shutil.copytree(pairs["it", False], top / "email-infrastructure")
    waves = (earlier / "waves.yaml").read_text("utf-8")
    waves = waves.replace("    status: completed\n", "")
    (earlier / "waves.yaml").write_text(waves, "utf-8")
    notice, _ = read_notice(earlier)
    before = NOW.replace(year=2023, month=11, day=1)
    write_emails(notice, EmailRequest(), now=before, output=top / "outbox")
    return top / "outbox"


def through(folder, mutations, tmp_path, tally, previous=None):
    """Return the names of the mutations of *folder* that are told wrongly or not."""
    before = None
    missed = []
    for number, mutation in enumerate(mutations):
        copy = shutil.copytree(folder, tmp_path / str(number) / folder.name)
        mutation.change(copy)
        findings = check(copy, previous=previous).findings
        rules = {finding.problem.rule for finding in findings}
        if not rules:
            before = before or all_outputs(folder, tmp_path / "before")
            is_same = all_outputs(copy, tmp_path / "after") == before
            rules = {"="} if is_same else set()
        missed += judge(mutation, rules, tally)
        shutil.rmtree(copy)
    return missed


def judge(mutation, rules, tally):
    """Return the name of *mutation* if none of *rules* fits; `=` is no change."""
    fitting = RULES[mutation.sort] or ("=",)
    fit = sorted(rule for rule in rules if rule.startswith(fitting))
    said = "nobody sees it" if fit == ["="] else ", ".join(fit)
    tally[mutation.sort, said or "nothing"] += 1
    return [] if fit else [f"{mutation.name}: {sorted(rules)}"]


def test_the_notices_that_are_mutated_are_clean(pairs, told):
    findings = [check(folder).findings for folder in pairs.values()]

    assert [each for each in findings if each] == []
    assert check(pairs["it", False], previous=told).findings == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_mutation_of_a_catalog_goes_through(lang, pairs, tmp_path, tally):
    folder, chance = pairs[lang, True], random.Random(lang)
    mutations = [
        *catalog_mutations(folder, lang, chance),
        *reworded_mutations(lang, chance, count=8),
    ]

    missed = through(folder, mutations, tmp_path, tally)

    assert not missed, "\n".join(missed)


def test_no_mutation_of_the_schedule_goes_through(pairs, told, tmp_path, tally):
    folder = pairs["it", False]
    mutations = wave_mutations(folder)

    missed = through(folder, mutations, tmp_path, tally, previous=told)

    assert not missed, "\n".join(missed)


def test_no_mutation_of_the_facts_and_tables_goes_through(pairs, tmp_path, tally):
    folder = pairs["it", False]
    mutations = [
        *key_mutations(folder),
        *table_mutations(folder, random.Random(1)),
        *comment_mutations(),
    ]

    missed = through(folder, mutations, tmp_path, tally)

    assert not missed, "\n".join(missed)


def test_no_fact_that_a_template_loses_goes_unnoticed(pairs, tmp_path, tally):
    mutations = template_mutations(24, random.Random(2))

    missed = through(pairs["it", False], mutations, tmp_path, tally)

    assert not missed, "\n".join(missed)


@pytest.mark.parametrize(
    ("mutate", "count"),
    [(document_mutations, 120), (letter_mutations, 90), (calendar_mutations, 32)],
    ids=["documents", "messages", "calendars"],
)
def test_no_mutation_of_an_output_goes_through(mutate, count, evidence, tally):
    missed = []

    for mutation in mutate(evidence, count, random.Random(3)):
        rules = {rule for rule, _ in judged(mutation.change(evidence))}
        missed += judge(mutation, rules, tally)

    assert not missed, "\n".join(missed)


def test_there_are_more_than_300_mutations_of_the_files_alone(pairs):
    chance = random.Random(4)
    folder = pairs["it", False]

    mutations = [
        *(
            each
            for lang in LANGUAGES
            for each in catalog_mutations(pairs[lang, True], lang, chance)
        ),
        *wave_mutations(folder),
        *key_mutations(folder),
        *table_mutations(folder, chance),
        *template_mutations(24, chance),
    ]

    assert len(mutations) > 300
