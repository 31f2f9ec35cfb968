"""Templates and catalogs made of random pieces: a result or located problems."""

import shutil
import time
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.errors import NotifierError, Problem
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.resources import resource_folder

pytestmark = pytest.mark.slow

NOW = datetime(2024, 2, 1, tzinfo=UTC)
LONGEST_SECONDS = 5
FIELDS = (
    "contact.name",
    "contact.role",
    "customer.count",
    "customer.instances",
    "wave.window",
    "wave.nothing",
    "shape.clock",
    "shape",
    "wave",
    "notice.title",
    "notice.audience",
    "notice.impact.level",
    "notice.__class__",
    "phases",
    "self",
    "loop.index",
    "x",
    "none",
    "range(9999)",
    "range(10**9)",
    "'%s' % 1",
    '"{{ x }}"',
    "[1, [2, {'a': 3}]]",
    "()",
    "''.join",
    "x.y.z",
    "1 / 0",
)
FILTERS = (
    *("upper", "length", "join(', ')", "sort", "replace('a', 'b')", "map('upper')"),
    *("groupby('name')", "truncate(3)", "list", "first", "int", "string", "last"),
    *("default('x')", "e", "sum", "slice(3)", "reverse", "attr('__class__')"),
)
TESTS = ("defined", "string", "none", "sameas 1", "odd", "mapping", "iterable")
PROSE = (
    *("text ", "\n\n", "**bold", "* item\n", "| a | b |\n|---|---|\n", ">[!NOTE]\n>\n"),
    *("+++", "```\n", "{", "}", "'", '"', "\\", "](http://x", "# ", "`", "    "),
    *("{# note #}", "{#id}", "&amp;<b>", "\N{RIGHT-TO-LEFT OVERRIDE}", "\0", "字"),
)

BROKEN = ("", "", "", "{{", "}}", "{%", "%}", "{#", "#}", "{% raw %}", "{% endif %}")
BLOCKS = {
    "if": "{{% if {} %}}{}{{% else %}}{}{{% endif %}}",
    "for": "{{% for x in {} %}}{}{{% endfor %}}",
    "macro": "{{% macro m(x) %}}{}{{% endmacro %}}{{{{ m({}) }}}}",
    "filter": "{{% filter {} %}}{}{{% endfilter %}}",
    "trans": "{{% trans n={} %}}{}{{% endtrans %}}",
    "set": "{{% set y %}}{}{{% endset %}}{{{{ y }}}}",
    "call": "{{% call(x) {}() %}}{}{{% endcall %}}",
    "raw": "{{% raw %}}{}{{% endraw %}}",
}


def expressions():
    leaves = st.sampled_from(FIELDS)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("{}|{}".format, inner, st.sampled_from(FILTERS)),
            st.builds("({} is {})".format, inner, st.sampled_from(TESTS)),
            st.builds(
                "({} {} {})".format,
                inner,
                st.sampled_from(("~", "+", "*", "==", "in", "and", "%", "**", "//")),
                inner,
            ),
            st.builds("{}[{}]".format, inner, st.sampled_from(("0", "'a'", "1:", ":"))),
            st.builds("{}({})".format, inner, inner),
        ),
        max_leaves=4,
    )


def bodies():
    """Return templates of nested blocks, some of them with a broken end."""
    value = expressions()
    leaves = st.one_of(
        st.builds("{{{{ {} }}}}".format, value),
        st.builds("{{% set x = {} %}}".format, value),
        st.builds("{{% include {} %}}".format, value),
        st.sampled_from(PROSE),
    )
    blocks = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4).map("".join),
            st.builds(BLOCKS["if"].format, value, inner, inner),
            st.builds(BLOCKS["for"].format, value, inner),
            st.builds(BLOCKS["macro"].format, inner, value),
            st.builds(BLOCKS["filter"].format, st.sampled_from(FILTERS), inner),
            st.builds(BLOCKS["trans"].format, value, inner),
            st.builds(BLOCKS["set"].format, inner),
            st.builds(BLOCKS["call"].format, value, inner),
            st.builds(BLOCKS["raw"].format, inner),
        ),
        max_leaves=6,
    )
    return st.builds("{}{}".format, blocks, st.sampled_from(BROKEN))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the sample for all examples of this module."""
    path = tmp_path_factory.mktemp("fuzz") / "email-infrastructure"
    shutil.copytree(resource_folder("examples") / path.name, path)
    return path


@cache
def plain_notice(folder):
    return read_notice(folder)[0]


def outcome(folder, *, locale="en"):
    """Return the problems of an announcement; anything but problems is a failure."""
    request = RenderRequest(
        documents=("announcement",),
        waves=("production-1",),
        locales=(locale,),
        contact="giulia.ferrari@aurora.example.com",
        formats=("md", "html"),
    )
    start = time.process_time()
    try:
        rendering = render_documents(plain_notice(folder), request, now=NOW)
        problems = rendering.problems
        assert len(rendering.files) == 2
    except NotifierError as error:
        problems = error.problems
        assert problems
    assert time.process_time() - start < LONGEST_SECONDS
    return problems


def located(problem: Problem, path: str) -> bool:
    """Tell whether *problem* names a file that the author knows, and says a fact."""
    place = problem.place
    return bool(
        place and place.path == path and problem.message and len(str(problem)) < 1_000
    )


@settings(max_examples=40)
@given(body=bodies())
def test_any_template_ends_in_a_document_or_a_located_problem(folder, body):
    name = "templates/documents/announcement.md.j2"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '{% extends "builtin/documents/announcement.md.j2" %}\n'
        "{% block greeting %}\n" + body + "\n{% endblock %}\n",
        "utf-8",
    )

    try:
        problems = outcome(folder)
    finally:
        path.unlink()

    for problem in problems:
        translation = problem.rule == "translation/missing"
        assert translation or located(problem, name), (body, problem)


def changed_catalogs():
    """Return functions that damage the text of a catalog in one to five places."""
    pieces = st.sampled_from(
        (
            *('"', "\n", "msgid", "msgstr[1] ", 'msgctxt "a"\n', "#, fuzzy\n", "\\"),
            *("%(name)s", "%s", "%", "{{ 7 }}", "\0", "\u202e", "nplurals=99;", "#~ "),
            *('"Plural-Forms: nplurals=2; plural=n**n;\\n"\n', "\ufeff", "é" * 50, ""),
        )
    )
    change = st.tuples(st.floats(0, 1), st.integers(0, 60), pieces)
    return st.lists(change, min_size=1, max_size=5)


@settings(max_examples=40)
@given(changes=changed_catalogs())
def test_any_damage_to_a_catalog_ends_in_a_document_or_a_located_problem(
    folder, changes
):
    name = "locales/it/LC_MESSAGES/notice.po"
    path = folder / name
    whole = path.read_bytes()
    text = whole.decode()
    for where, length, piece in changes:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    path.write_text(text, "utf-8")

    try:
        problems = outcome(folder, locale="it")
    finally:
        path.write_bytes(whole)

    for problem in problems:
        missing = problem.rule == "translation/missing"
        assert missing or located(problem, name), (changes, problem)


@pytest.mark.parametrize(
    "body",
    [
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
        "{% endmacro %}{{ m(40) }}",
        "{% set l = range(3000)|list %}{% for a in l %}{% for b in l %}{% for c in l %}"
        "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in notice.title %}{% for b in notice.title %}"
        "{% for c in notice.title %}{% for d in notice.title %}"
        "{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in [[[]]] recursive %}{{ loop([[[]]]) }}{% endfor %}",
    ],
    ids=["branching macro", "loops over a list", "loops over a text", "recursive loop"],
)
def test_a_template_that_would_run_for_ever_is_stopped(folder, body):
    name = "templates/documents/announcement.md.j2"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, "utf-8")

    try:
        [problem] = outcome(folder)
    finally:
        path.unlink()

    assert problem.rule == "template/too-large"
    assert located(problem, name)


def test_a_field_in_code_is_refused_for_it_could_end_the_code(folder):
    name = "templates/documents/announcement.md.j2"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("```\n{{ wave.id }}\n```\n\n`{{ contact.name }}`\n", "utf-8")
    request = RenderRequest(documents=("announcement",), waves=("production-1",))

    try:
        with pytest.raises(NotifierError) as caught:
            render_documents(plain_notice(folder), request, now=NOW)
    finally:
        path.unlink()

    assert {problem.rule for problem in caught.value.problems} == {
        "template/field-in-code"
    }
