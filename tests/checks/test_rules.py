"""Each rule of the checks is told where it is broken, and of nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from notices import (
    NOW,
    SAMPLE,
    check,
    edit,
    evidence_of,
    found,
    judged,
    override,
    reread,
    with_document,
    with_letter,
    write_template,
)

from notifier.checks import letters
from notifier.checks.rule_book import GROUPS, group_of, remedies
from notifier.notice import read_notice

ANNOUNCEMENT = "documents/announcement.md.j2"
FACTS = "macros/facts.md.j2"
MAIL = "layouts/mail.html.j2"
SITE = "layouts/site-frame.html.j2"
PAGE = "layouts/site.html.j2"
SUPPORT = "https://experienceleague.adobe.com/?support-solution=Campaign#support"


def _in_template(name, old, new=""):
    return lambda folder: override(folder, name, old, new)


def _in_file(name, old, new):
    return lambda folder: edit(folder / name, old, new)


FOLDERS = {
    "facts/time": (_in_template(FACTS, "* {{ when(wave.window) }}"), "production-1"),
    "facts/utc": (_in_template(FACTS, "* {{ in_utc(wave.utc) }}"), "production-1"),
    "facts/estimate": (
        _in_template(FACTS, "* {{ estimate(wave.estimate) }}"),
        "production-1",
    ),
    "facts/previous-time": (
        _in_template(ANNOUNCEMENT, "{{ facts.moved(shape, wave) }}"),
        "production-1",
    ),
    "facts/subject": (
        _in_template(FACTS, "{{ title }}: {{ date }}", "{{ title }}"),
        "production-1",
    ),
    "facts/instances": (
        _in_template(ANNOUNCEMENT, "{{ facts.instances(customer) }}"),
        "production-1",
    ),
    "facts/customer": (
        _in_template(ANNOUNCEMENT, "name=contact.name", "name=contact.email"),
        "production-1",
    ),
    "facts/statement": (
        _in_template(ANNOUNCEMENT, "* {{ sentence }}", "* …"),
        "production-1",
    ),
    "facts/link": (
        _in_template(
            "layouts/page.html.j2",
            "{{ body }}",
            '<a href="https://x.example/">x</a>{{ body }}',
        ),
        "faq.html",
    ),
    "facts/support-link": (
        lambda folder: write_template(folder, "documents/faq.md.j2", "# No answers\n"),
        "faq.md",
    ),
    "facts/phase-date": (
        _in_template("macros/page.md.j2", "{{ timeline_parts.sentence(phase) }}", "x"),
        "page",
    ),
    "facts/alternatives": (
        _in_template("layouts/page.html.j2", "{{ body }}", "{{ body|upper }}"),
        "page.html",
    ),
    "facts/clock": (
        _in_template(ANNOUNCEMENT, "{{ facts.clock(shape, wave) }}"),
        "production-2",
    ),
    "facts/status": (
        _in_template(PAGE, "{{ wave.status_name }}"),
        "web/en/email-infrastructure/index.html",
    ),
    "facts/site-link": (
        _in_template(SITE, 'href="{{ feed }}"', 'href="feeds.xml"'),
        "web/en/email-infrastructure/index.html",
    ),
    "facts/data": (
        _in_template(PAGE, '<time datetime="{{ updated_day }}">', "<time>"),
        "web/en/email-infrastructure/index.html",
    ),
    "language/plural": (
        _in_template(
            "macros/upgrade.md.j2",
            "upgrade {{ count }} instances.",
            "upgrade your instances.",
        ),
        "templates/macros/upgrade.md.j2",
    ),
    "mail/alternatives": (
        _in_template(MAIL, "{{ body }}", "<p>Only in HTML.</p>{{ body }}"),
        "announcement/",
    ),
    "mail/size": (
        _in_template(MAIL, "{{ body }}", f"<!-- {'x' * 95_000} -->{{{{ body }}}}"),
        "announcement/",
    ),
    "mail/link": (
        _in_template(MAIL, "{{ body }}", '{{ body }}<a href="ftp://x.example/">x</a>'),
        "announcement/",
    ),
    "accessibility/contrast": (
        _in_template(MAIL, "color: #1f2328", "color: #c0c0c0"),
        "announcement/",
    ),
    "accessibility/alt": (
        _in_template(MAIL, "{{ body }}", '<img src="cid:x">{{ body }}'),
        "announcement/",
    ),
    "accessibility/heading": (
        _in_template(ANNOUNCEMENT, "## {{ parts.impact_heading() }}", "#### Impact"),
        "announcement",
    ),
    "accessibility/lang": (
        _in_template("layouts/page.html.j2", 'lang="{{ lang }}"', 'lang="en"'),
        "it/",
    ),
    "accessibility/link": (
        _in_template(MAIL, ">{{ support_name }}</a>", "></a>"),
        "announcement/",
    ),
    "accessibility/title": (
        _in_template(
            "layouts/page.html.j2", "<title>{{ title }}</title>", "<title></title>"
        ),
        ".html",
    ),
    "privacy/public-name": (
        lambda folder: override(
            folder, SITE, "<main", "{{ '.A.p.S iggaiV aroruA'|reverse }}<main"
        ),
        "web/",
    ),
    "privacy/foreign-customer": (
        _in_template(
            MAIL, "{{ body }}", "<p>{{ 'Nordwind' }} Versand GmbH</p>{{ body }}"
        ),
        "announcement/",
    ),
    "schedule/holiday": (
        _in_file("customers.csv", "Księgarnie,PL", "Księgarnie,GH"),
        "waves.yaml",
    ),
    "schedule/country": (_in_file("customers.csv", ",IT", ",XX"), "customers.csv"),
    "schedule/estimate": (
        _in_file("waves.yaml", "duration: {setup", "# duration: {setup"),
        "waves.yaml",
    ),
    "schedule/phase": (
        _in_file("waves.yaml", "starts: 2024-01}", "starts: 2023-12}"),
        "waves.yaml:11:5",
    ),
    "language/support-link": (
        _in_file("notice.yaml", SUPPORT, "https://help.example.org/"),
        "notice.yaml:17:3",
    ),
}


def _letter(evidence, wave="production-1", lang="it"):
    return next(
        each
        for each in evidence.letters
        if each.html.wave == wave and each.langs == (lang,)
    )


def _web(evidence):
    return next(each for each in evidence.documents if each.document == "web")


def _rewritten(old, new):
    def mutate(evidence):
        output = _web(evidence)
        assert re.search(old, output.text)
        changed = re.sub(old, new, output.text, count=1)
        return with_document(evidence, output, reread(output, changed))

    return mutate


def _with_headers(**headers):
    def mutate(evidence):
        letter = _letter(evidence)
        changed = {**letter.headers, **headers}
        return with_letter(evidence, letter, headers=changed)

    return mutate


def _with_calendar(old, new):
    def mutate(evidence):
        letter = _letter(evidence)
        calendars = [
            (method, data.replace(old, new)) for method, data in letter.calendars
        ]
        return with_letter(evidence, letter, calendars=tuple(calendars))

    return mutate


OUTPUTS = {
    "facts/machine-time": (
        _rewritten('datetime="2024-03-05T22', 'datetime="2024-03-05T21'),
        "web/en/email-infrastructure/index.html",
    ),
    "facts/calendar": (
        _with_calendar(b"DTSTART:20240305", b"DTSTART:20240304"),
        "announcement/production-1/it/",
    ),
    "facts/calendar-text": (
        _with_calendar(b"MAINTENANCE-ID:email", b"MAINTENANCE-ID:mail"),
        "announcement/production-1/it/",
    ),
    "mail/calendar": (
        _with_calendar(b"\r\nUID:", b"\r\nUID:?"),
        "announcement/production-1/it/",
    ),
    "mail/structure": (
        lambda evidence: with_letter(evidence, _letter(evidence), calendars=()),
        "announcement/production-1/it/",
    ),
    "mail/header": (
        _with_headers(From="Somebody <somebody@example.org>"),
        "announcement/production-1/it/",
    ),
    "mail/wire": (
        lambda evidence: with_letter(
            evidence,
            _letter(evidence),
            data=_letter(evidence).data.replace(b"\r\n", b"\n", 1),
        ),
        "announcement/production-1/it/",
    ),
    "mail/address": (
        lambda evidence: replace(
            evidence, mailing=letters.Letters(garbled=["a@example.com"])
        ),
        "contacts.csv",
    ),
    "mail/sampled": (
        lambda evidence: replace(evidence, mailing=letters.Letters(skipped=1)),
        "contacts.csv",
    ),
}


def test_a_clean_notice_is_told_so(clean):
    report = check(clean)

    assert report.findings == ()
    assert report.passes(strict=True)


@pytest.mark.slow
@pytest.mark.parametrize("day", [1, -6], ids=["2024-02-01", "2024-01-25"])
def test_the_sample_is_clean_in_all_languages(day):
    now = NOW.replace(day=1) if day == 1 else NOW.replace(month=1, day=25)

    assert check(SAMPLE, now=now).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("rule", FOLDERS)
def test_a_folder_that_breaks_a_rule_is_told_so_at_its_place(rule, folder):
    mutate, place = FOLDERS[rule]

    mutate(folder)

    told = found(folder)
    assert [where for name, where in told if name == rule and place in where], told


@pytest.mark.parametrize("rule", OUTPUTS)
def test_an_output_that_breaks_a_rule_is_told_so_at_its_place(rule, evidence):
    mutate, place = OUTPUTS[rule]

    told = judged(mutate(evidence))

    assert [where for name, where in told if name == rule and place in where], told


def test_each_rule_of_a_check_has_a_folder_or_an_output_that_breaks_it():
    ours = ("facts/", "mail/", "accessibility/", "privacy/", "schedule/", "language/")

    assert {rule for rule in remedies() if rule.startswith(ours)} == {
        *FOLDERS,
        *OUTPUTS,
    }


def test_each_rule_belongs_to_a_group():
    assert {group_of(rule) for rule in remedies()} == set(GROUPS)


def test_what_cannot_be_made_is_said_and_the_rest_is_checked(folder):
    override(folder, ANNOUNCEMENT, "{{ kind.intro", "{{ nobody.intro")
    edit(folder / "customers.csv", ",IT", ",XX")

    report = check(folder)

    told = {each.problem.rule for each in report.findings}
    unchecked = [
        each.problem.message
        for each in report.findings
        if each.problem.rule == "check/not-checked"
    ]
    assert told >= {"template/undefined", "check/not-checked", "schedule/country"}
    assert "not checked: announcement in it" in unchecked
    assert report.documents > 0


def test_a_folder_that_cannot_be_read_is_told_so(folder):
    edit(folder / "notice.yaml", "kind: upgrade", "kind: upgrde")

    told = [rule for rule, _ in found(folder)]

    assert told == ["notice/choice", "check/not-checked"]


def test_a_wave_that_was_forgotten_is_an_error_as_it_is_to_publish(folder):
    edit(folder / "waves.yaml", "status: completed", "status: scheduled")

    (first, *_) = check(folder).findings

    assert (first.problem.rule, first.problem.is_error) == ("waves/overdue", True)


@pytest.mark.slow
def test_only_the_rules_and_groups_that_are_asked_for_are_told(folder):
    edit(folder / "customers.csv", ",IT", ",XX")
    override(folder, FACTS, "* {{ in_utc(wave.utc) }}", "")

    assert {rule for rule, _ in found(folder, rules=("schedule",))} == {
        "schedule/country"
    }
    assert {rule for rule, _ in found(folder, rules=("facts/utc",))} == {"facts/utc"}


@pytest.mark.slow
def test_a_time_that_moved_since_the_last_messages_is_found(folder, tmp_path):
    from notifier.outputs.emails import write_emails
    from notifier.outputs.mail.due import EmailRequest

    notice, _ = read_notice(folder)
    write_emails(notice, EmailRequest(), now=NOW, output=tmp_path / "outbox")
    edit(folder / "waves.yaml", "start: 2024-03-05T22:00", "start: 2024-03-05T23:00")

    told = found(folder, previous=tmp_path / "outbox")

    assert [rule for rule, _ in told] == ["emails/moved-without-revision"]


@pytest.mark.slow
def test_more_contacts_of_one_sort_are_no_more_work(folder):
    path = folder / "contacts.csv"
    row = path.read_text("utf-8").splitlines()[1]
    before = check(folder)
    more = [row.replace("giulia.ferrari@", f"giulia{n}@") for n in range(50)]
    path.write_text("\n".join([path.read_text("utf-8").strip(), *more, ""]), "utf-8")

    after = check(folder)

    assert after.messages > before.messages
    assert (after.letters, after.documents) == (before.letters, before.documents)


def test_the_work_grows_with_the_languages_alone(folder, evidence):
    edit(folder / "notice.yaml", "[en, it, ja]", "[en]")

    one, three = evidence_of(folder), evidence

    documents = [each for each in one.documents if each.document != "announcement"]
    thrice = [each for each in three.documents if each.document != "announcement"]
    assert 3 * len(documents) == len(thrice)
