"""Templates of a notice folder: how they are found, and what a mistake ends in."""

import os
import time

import pytest

from notifier.errors import NotifierError

PAGE = "templates/documents/page.md.j2"
ANNOUNCEMENT = "templates/documents/announcement.md.j2"


def announce(body):
    return {
        ANNOUNCEMENT: '{% extends "builtin/documents/announcement.md.j2" %}\n'
        "{% block greeting %}\n" + body + "\n{% endblock %}\n"
    }


def problems_of(make, files, **request):
    with pytest.raises(NotifierError) as caught:
        make(files, **request)
    return [
        (problem.rule, str(problem.place), problem.message)
        for problem in caught.value.problems
    ]


def test_an_override_changes_one_block_and_keeps_the_rest(make):
    before = make(documents=("page",))["en/page.md"]

    after = make(
        {
            PAGE: '{% extends "builtin/documents/page.md.j2" %}\n'
            "{% block closing %}Write to us.{% endblock %}\n"
        },
        documents=("page",),
    )["en/page.md"]

    start = before.index("If you have any other question")
    assert after == before[:start] + "Write to us.\n"


def test_a_template_for_one_locale_goes_before_the_plain_one(make):
    files = {
        "templates/documents/faq.md.j2": "# Plain\n",
        "templates/documents/faq.it.md.j2": "# Italiano\n",
    }

    made = make(files, documents=("faq",), locales=("en", "it"))

    assert made == {"en/faq.md": "# Plain\n", "it/faq.md": "# Italiano\n"}


def test_the_folder_goes_before_its_parent(make, sample):
    parent = sample.parent / "templates" / "documents"
    parent.mkdir(parents=True)
    (parent / "faq.md.j2").write_text("# Of all notices\n")
    assert make(documents=("faq",)) != {"en/faq.md": "# Of all notices\n"}
    (sample.parent / "notifier.yaml").write_text("fallback: forbid\n")
    assert make(documents=("faq",)) == {"en/faq.md": "# Of all notices\n"}

    made = make({"templates/documents/faq.md.j2": "# Mine\n"}, documents=("faq",))

    assert made == {"en/faq.md": "# Mine\n"}


@pytest.mark.parametrize(
    ("body", "rule", "line", "fact"),
    [
        pytest.param("{% if %}", "template/syntax", 3, "", id="syntax"),
        pytest.param(
            "{{ notice.titel }}", "template/undefined", 3, "titel", id="undefined"
        ),
        pytest.param(
            "{{ contact.shoe_size }}",
            "template/undefined",
            3,
            "nothing there is called 'shoe_size'",
            id="no column",
        ),
        pytest.param(
            '{% include "no.md.j2" %}', "template/missing", 3, "no.md", id="missing"
        ),
        *(
            pytest.param(body, "template/field-inspected", 3, "contact.name", id=body)
            for body in (
                "{% if contact.name %}x{% endif %}",
                '{{ contact.name == "x" }}',
                "{{ contact.name|upper }}",
                "{{ contact.name|length }}",
                "{% for letter in contact.name %}x{% endfor %}",
                "{{ contact.name[:3] }}",
                "{{ contact.name * 2 }}",
                '{{ "%s"|replace("%s", contact.name) }}',
                "{{ contact.name is string }}",
            )
        ),
        pytest.param(
            '{{ (contact.name ~ "")[2:] }}',
            "template/field-inspected",
            3,
            "contact.name",
            id="joined to a text",
        ),
        pytest.param(
            "{% set name %}{{ contact.name }}{% endset %}{{ name[2:] }}",
            "template/spoilt-field",
            None,
            "cut",
            id="cut",
        ),
        pytest.param(
            "[Preferences]({{ contact.role }})",
            "template/field-in-address",
            None,
            "chooses the host",
            id="whole address",
        ),
        pytest.param(
            "[Preferences](https://{{ contact.role }}.example.com/)",
            "template/field-in-address",
            None,
            "chooses the host",
            id="host",
        ),
        pytest.param(
            "`{{ contact.name }}`", "template/field-in-code", None, "code", id="code"
        ),
        pytest.param(
            "{% for a in range(9000) %}{% for b in range(9000) %}"
            "{% endfor %}{% endfor %}",
            "template/too-large",
            3,
            "too often",
            id="loops",
        ),
        pytest.param(
            "{% for a in range(9000) %}{{ notice.reason * 9 }}{% endfor %}",
            "template/failed",
            3,
            "numbers only",
            id="multiplied text",
        ),
        pytest.param(
            "{% for a in range(9000) %}" + "x" * 500 + "{% endfor %}",
            "template/too-large",
            None,
            "too much",
            id="too much text",
        ),
        pytest.param(
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "template/too-large",
            3,
            "without end",
            id="recursion",
        ),
        pytest.param("{{ 1 / 0 }}", "template/failed", 3, "division", id="division"),
        pytest.param(
            "{{ ''.__class__.__mro__ }}", "template/failed", 3, "unsafe", id="escape"
        ),
        pytest.param("{{ lipsum() }}", "template/undefined", 3, "lipsum", id="lipsum"),
        pytest.param(
            "{{ 'x'|center(99999999) }}", "template/syntax", 3, "center", id="filter"
        ),
    ],
)
def test_a_mistake_in_a_template_is_a_located_problem(make, body, rule, line, fact):
    start = time.process_time()

    [(found, place, message)] = problems_of(
        make, announce(body), documents=("announcement",), waves=("production-1",)
    )

    assert found == rule
    assert place == (f"{ANNOUNCEMENT}:{line}" if line else ANNOUNCEMENT)
    assert fact in message
    assert time.process_time() - start < 5


def test_a_public_page_has_no_contact(make):
    page = '{% extends "builtin/documents/page.md.j2" %}\n{% block closing %}\n'

    [(rule, place, message)] = problems_of(
        make, {PAGE: page + "{{ contact.name }}{% endblock %}"}, documents=("page",)
    )

    assert (rule, place) == ("template/undefined", f"{PAGE}:3")
    assert "'contact' is undefined" in message


def test_where_there_is_no_wave_its_fields_are_undefined(make):
    folder = announce("{{ wave.window }}")

    [(rule, place, message)] = problems_of(
        make, folder, documents=("announcement",), waves=("none",)
    )

    assert (rule, place) == ("template/undefined", f"{ANNOUNCEMENT}:3")
    assert "nothing there is called 'window'" in message


def test_a_further_column_of_the_contacts_is_a_field(make):
    made = make(
        announce("Role: {{ contact.role }}"),
        documents=("announcement",),
        contact="sam.oneill@harbor.example.com",
    )

    assert "\nRole: operations\n" in made["en/announcement.production-2.md"]


def test_data_is_never_a_template(make, sample):
    notice = (sample / "notice.yaml").read_text()
    title = "'{{ 7*7 }} {% raw %} {{ [].__class__ }}'"
    text = notice.replace("Campaign email sending infrastructure upgrade", title)

    made = make({"notice.yaml": text}, documents=("page",), formats=("html",))

    assert "<h1 id=" in made["en/page.html"]
    assert "{{ 7*7 }} {% raw %} {{ [].__class__ }}</h1>" in made["en/page.html"]


def test_the_environment_can_be_tested_by_its_id_in_every_language(make):
    body = "{% if shape.environment == 'production' %}{{ environment }}{% endif %}"

    made = make(
        announce(body),
        documents=("announcement",),
        waves=("production-1",),
        locales=("it",),
    )

    assert "\nproduzione\n" in made["it/announcement.production-1.md"]


def test_a_value_in_an_address_is_percent_encoded(make, sample):
    contacts = (sample / "contacts.csv").read_text("utf-8")
    text = contacts.replace(
        "America/New_York,operations", 'America/New_York,"a/b?c=<d> é"'
    )

    made = make(
        {
            "contacts.csv": text,
            **announce("[Here](https://example.com/p?role={{ contact.role }}&x=1)"),
        },
        documents=("announcement",),
        waves=("production-2",),
        contact="sam.oneill@harbor.example.com",
        formats=("html", "md"),
    )

    address = "https://example.com/p?role=a%2Fb%3Fc%3D%3Cd%3E%20%C3%A9"
    assert f'href="{address}&amp;x=1"' in made["en/announcement.production-2.html"]
    assert f"[Here]({address}&x=1)" in made["en/announcement.production-2.md"]


def test_text_that_looks_like_a_token_is_only_text(make, sample):
    notice = (sample / "notice.yaml").read_text()
    text = notice.replace("title: Campaign", "title: XfQ7w0w7QfX XbodyX Campaign")

    made = make({"notice.yaml": text}, formats=("html",))

    assert len(made) == 6
    assert all("XfQ7w0w7QfX XbodyX Campaign" in page for page in made.values())


@pytest.mark.parametrize("kind", ["link out", "fifo", "folder", "large"])
def test_a_template_that_is_no_file_of_the_folder_is_refused(make, sample, kind):
    path = sample / PAGE
    path.parent.mkdir(parents=True)
    if kind == "link out":
        path.symlink_to("/etc/passwd")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_text("x" * 200_001)

    [(rule, place, message)] = problems_of(make, {}, documents=("page",))

    assert (rule, place) == ("template/unreadable", PAGE)
    assert message.startswith("the template cannot be read: ")
