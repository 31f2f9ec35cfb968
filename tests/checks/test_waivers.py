"""Waivers: what is accepted until a day, and how they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from notices import check, edit, found

from notifier.checks.rule_book import remedies
from notifier.checks.waivers import (
    LARGEST,
    Waiver,
    can_be_waived,
    read_waivers,
    waiver_problems,
)
from notifier.checks.waiving import write_waiver
from notifier.errors import NotifierError, Place, Problem
from notifier.notice import read_notice
from notifier.outputs.mail.manifest import COLUMNS

pytestmark = pytest.mark.slow  # together they take seconds

RULE = "waves/window-too-short"
UNTIL = date(2024, 3, 5)


@pytest.fixture
def short(tiny):
    """Return a folder with one error: a window is too short."""
    edit(tiny / "waves.yaml", "window: 4 hours", "window: 30 minutes")
    return tiny


def write(folder, text):
    (folder / "waivers.yaml").write_bytes(
        text if isinstance(text, bytes) else text.encode()
    )


def waive(folder, rule=RULE, until="2024-03-05", place=""):
    where = f", place: '{place}'" if place else ""
    write(
        folder, f"waivers:\n- {{rule: {rule}, until: {until}, reason: known{where}}}\n"
    )


def counted(folder, **options):
    return dict(check(folder, **options).counted)


# What a waiver does.


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("", {"waived": 1}),
        ("waves.yaml", {"waived": 1}),
        ("waves.yaml:4", {"waived": 1}),
        ("waves.yaml:4:5", {"waived": 1}),
        ("waves.yaml:45", {"error": 1, "warning": 1}),
        ("notice.yaml", {"error": 1, "warning": 1}),
        ("waves", {"error": 1, "warning": 1}),
    ],
)
def test_a_waiver_holds_at_its_place(short, place, count):
    waive(short, place=place)

    assert counted(short) == count


@pytest.mark.parametrize(
    ("where", "path", "holds"),
    [
        ("locales/ja", "locales/ja/LC_MESSAGES/notice.po", True),
        ("locales/ja/", "locales/ja/LC_MESSAGES/notice.po", True),
        ("locales/j", "locales/ja/LC_MESSAGES/notice.po", False),
    ],
)
def test_a_waiver_may_be_for_a_folder(where, path, holds):
    waiver = Waiver("catalog/fuzzy", UNTIL, "known", where)

    assert waiver.covers(Problem("catalog/fuzzy", "x", Place(path, 3))) is holds


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        (datetime(2024, 2, 6, 22, 59, tzinfo=UTC), []),
        (datetime(2024, 2, 6, 23, 0, tzinfo=UTC), ["check/waiver-expired", RULE]),
    ],
    ids=["the last minute", "the next day in Rome"],
)
def test_the_last_day_counts_in_the_zone_of_the_schedule(short, now, rules):
    waive(short, until="2024-02-06")

    report = check(short, now=now)

    counting = [each.problem for each in report.findings if not each.waiver]
    assert [each.rule for each in counting] == rules


def test_a_waiver_without_anything_to_waive_is_told(tiny):
    waive(tiny)

    assert found(tiny) == [("check/waiver-unused", "waivers.yaml:2:3")]


def test_an_expired_waiver_of_what_is_mended_is_only_a_warning(tiny):
    waive(tiny, until="2024-01-31")

    assert found(tiny) == [("check/waiver-unused", "waivers.yaml:2:3")]


@pytest.mark.parametrize("rule", ["facts", RULE, "waves/order"])
def test_no_waiver_seems_unused_because_other_rules_were_asked_for(short, rule):
    waive(short)

    assert "check/waiver-unused" not in dict(found(short, rules=(rule,)))


def test_no_waiver_seems_unused_where_something_was_not_checked(tiny):
    waive(tiny)
    edit(tiny / "notice.yaml", "kind: upgrade", "kind: upgrad")

    assert [rule for rule, _ in found(tiny)] == ["notice/choice", "check/not-checked"]


def test_a_waiver_of_moved_times_is_unused_only_beside_an_earlier_run(tiny, tmp_path):
    earlier = tmp_path / "manifest.csv"
    earlier.write_text(",".join(COLUMNS) + "\n", "utf-8")
    waive(tiny, "emails/moved-without-revision")

    alone, beside = found(tiny), found(tiny, previous=earlier)

    assert (alone, [rule for rule, _ in beside]) == ([], ["check/waiver-unused"])


def test_waivers_need_no_other_command(short):
    waive(short)

    _, warnings = read_notice(short)

    assert warnings == ()


@pytest.mark.parametrize(
    "rule", [rule for rule in remedies() if not can_be_waived(rule)]
)
def test_no_waiver_hides_what_is_not_ones_own(tiny, rule):
    waive(tiny, rule)

    waivers, (problem,) = read_waivers(tiny, remedies())

    assert (waivers, problem.rule) == ((), "check/waiver-refused")
    assert str(problem.place) == "waivers.yaml:2:3"


def test_privacy_and_waivers_themselves_cannot_be_waived():
    fixed = {rule.partition("-")[0] for rule in remedies() if not can_be_waived(rule)}

    assert {rule.partition("/")[0] for rule in fixed} == {"check", "privacy", "publish"}
    assert {rule for rule in fixed if rule.startswith("publish")} == {"publish/names"}


# What is wrong with a waiver.


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("# none yet\n", []),
        ("waivers:\n", []),
        ("waivers: []\n", []),
        ("waiver: []\n", [("check/waiver", "waivers.yaml:1:1")]),
        ("waivers: none\n", [("check/waiver", "waivers.yaml:1:10")]),
        ("waivers:\n- waves/order\n", [("check/waiver", "waivers.yaml:2:3")]),
        (
            "waivers:\n- {rule: waves/order}\n",
            [("check/waiver", "waivers.yaml:2:3")] * 2,
        ),
        (
            "waivers:\n- {rule: waves/ordr, until: 2024-02-06, reason: x}\n",
            [("check/waiver-rule", "waivers.yaml:2:3")],
        ),
        (
            "waivers:\n- {rule: waves/order, until: 2024-02-30, reason: x}\n",
            [("check/waiver", "waivers.yaml:2:30")],
        ),
        (
            "waivers:\n- {rule: waves/order, until: 2024-02-06, reason: x, plac: y}\n",
            [("check/waiver", "waivers.yaml:2:53")],
        ),
        ("waivers: [\n", [("yaml/syntax", "waivers.yaml:2:1")]),
        (b"waivers: \xff\n", [("yaml/not-utf8", "waivers.yaml:1")]),
        (b"#" * (LARGEST + 1), [("check/waiver", "waivers.yaml")]),
    ],
    ids=[
        *(
            "empty",
            "comment",
            "no item",
            "no items",
            "unknown key",
            "no list",
            "no waiver",
        ),
        *("too little", "unknown rule", "no day", "misspelled", "no YAML", "not UTF-8"),
        "too large",
    ],
)
def test_a_fault_of_the_file_is_told_at_its_place(tiny, text, told):
    write(tiny, text)

    _, problems = read_waivers(tiny, remedies())

    assert [(each.rule, str(each.place)) for each in problems] == told


def test_a_misspelled_rule_has_a_hint(tiny):
    waive(tiny, "waves/blackot")

    (problem,) = read_waivers(tiny, remedies())[1]

    assert (
        problem.hint == "did you mean 'waves/blackout'?; the reference lists all rules"
    )


def test_faults_of_the_file_are_told_whatever_rules_are_asked_for(tiny):
    write(tiny, b"waivers: \xff\n")

    assert found(tiny, rules=("facts",)) == [("yaml/not-utf8", "waivers.yaml:1")]


@pytest.mark.parametrize(
    "target", ["../secret.yaml", "../nowhere/x.yaml", "x.yaml", "waivers.yaml"]
)
def test_a_link_that_leads_out_or_nowhere_is_refused(tiny, target):
    secret = tiny.parent / "secret.yaml"
    secret.write_text("waivers: []\n", "utf-8")
    (tiny / "waivers.yaml").symlink_to(target)

    with pytest.raises(NotifierError):
        write_waiver(tiny, Waiver(RULE, UNTIL, "known"), remedies())

    assert str((tiny / "waivers.yaml").readlink()) == target
    assert secret.read_text("utf-8") == "waivers: []\n"


# How one is written.


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder that holds nothing but waivers."""
    return tmp_path_factory.mktemp("waivers")


NAMES = [rule for rule in remedies() if can_be_waived(rule)]
COMMENTS = ["", "# why\n", "  # ünsere Gründe: alle\n", "\n", "   \n"]
STYLES = [
    "{dash}rule: {rule}\n{gap}until: {until}\n{gap}reason: {reason}\n",
    "{dash}reason: {reason} # so\n{gap}until: {until}\n{gap}rule:   '{rule}'\n",
    "{dash}{{rule: {rule}, reason: {reason}, until: {until}}}\n",
    "{dash}rule: {rule}\n{gap}until: {until}\n{gap}reason: |\n{gap}  a\n{gap}  b\n",
    "{dash}rule: {rule}\n{gap}until: {until}\n{gap}reason: >+\n{gap}  kept\n\n\n",
]


@st.composite
def files(draw):
    """Draw a waivers.yaml as people write it."""
    indent = " " * draw(st.sampled_from([0, 2, 4]))
    parts = [draw(st.sampled_from(["", "\ufeff", "# head\n", "---\n"])), "waivers:\n"]
    for rule in draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True)):
        parts += [
            draw(st.sampled_from(COMMENTS)),
            draw(st.sampled_from(STYLES)).format(
                dash=f"{indent}- ",
                gap=f"{indent}  ",
                rule=rule,
                until=draw(st.sampled_from(["2024-02-06", "2024-12-31"])),
                reason=draw(
                    st.sampled_from(["known", '"ja: \\"klar\\""', "'日本 # ok'"])
                ),
            ),
        ]
    parts.append(draw(st.sampled_from(COMMENTS)))
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text.removesuffix("\n") if draw(st.booleans()) else text


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: (
        text.strip() and not {"\u2028", "\u2029", "\ufffe", "\uffff"} & set(text)
    )
)


def spoken(waivers):
    return [(each.rule, each.where, each.until, each.reason) for each in waivers]


@given(
    text=files(),
    rule=st.sampled_from(NAMES),
    reason=TEXTS,
    where=st.one_of(st.just(""), TEXTS),
)
@example("", RULE, "known", "")
@example("# none yet", RULE, "- known: \\N {x} 'y' \"z\" \U0001f600 \ufeff", "a b:3")
def test_a_waiver_is_added_and_nothing_else_is_touched(
    place, text, rule, reason, where
):
    write(place, text)
    before, faults = read_waivers(place, remedies())
    assert faults == ()
    known = {(each.rule, each.where) for each in before}
    where = where or ("x" if (rule, "") in known else "")

    renewed = write_waiver(place, Waiver(rule, UNTIL, reason, where), remedies())

    after, faults = read_waivers(place, remedies())
    data = (place / "waivers.yaml").read_bytes()
    said = (rule, where.strip(), UNTIL, " ".join(reason.split()))
    assert (renewed, faults) == (False, ())
    assert data.startswith(text.encode())
    assert spoken(after) == [*spoken(before), said]
    assert b"\r\n" not in text.encode() or data.count(b"\n") == data.count(b"\r\n")


@given(text=files(), reason=TEXTS, data=st.data())
def test_a_waiver_that_is_there_gets_the_new_day_and_reason(place, text, reason, data):
    write(place, text)
    before, _ = read_waivers(place, remedies())
    old = data.draw(st.sampled_from(before)) if before else None
    if old is None:
        return

    renewed = write_waiver(place, Waiver(old.rule, UNTIL, reason), remedies())

    after, faults = read_waivers(place, remedies())
    new = (old.rule, "", UNTIL, " ".join(reason.split()))
    assert (renewed, faults) == (True, ())
    assert spoken(after) == [
        new if each[0] == old.rule else each for each in spoken(before)
    ]
    # All comments stay, and all lines that belong to other waivers.
    left = (place / "waivers.yaml").read_text("utf-8").splitlines()
    rest = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in left if line.lstrip().startswith("#")] == rest


def test_renewing_changes_the_day_and_the_reason_alone(tiny):
    text = (
        "# ours\nwaivers:\n"
        "  - until: 2024-02-01   # soon\n"
        "    rule: waves/order\n"
        "    reason: |\n      two\n      lines\n\n"
        "    # here alone\n"
        "    place: waves.yaml\n"
        "  - {rule: waves/order, until: 2024-02-02, reason: other}\n"
    )
    write(tiny, text)

    write_waiver(tiny, Waiver("waves/order", UNTIL, "new", "waves.yaml"), remedies())

    block = "|\n      two\n      lines\n"
    assert (tiny / "waivers.yaml").read_text("utf-8") == text.replace(
        "2024-02-01", "2024-03-05"
    ).replace(block, '"new"\n')


@pytest.mark.parametrize(
    "text",
    [
        "waivers: [{rule: waves/order, until: 2024-02-06, reason: x}]\n",
        "waivers: []\n",
        "{waivers: [{rule: waves/order, until: 2024-02-06, reason: x}]}\n",
        "waivers:\n- {rule: waves/order, until: 2024-02-06, reason: x}\n...\n",
        "waivers:\n- {rule: waves/order, until: 2024-02-06}\n",
    ],
    ids=["a list in a line", "an empty list", "one line", "an end", "a fault"],
)
def test_what_cannot_be_added_to_stays_as_it_is(tiny, text):
    write(tiny, text)

    with pytest.raises(NotifierError) as caught:
        write_waiver(tiny, Waiver(RULE, UNTIL, "known"), remedies())

    assert {each.rule for each in caught.value.problems} == {"check/waiver"}
    assert (tiny / "waivers.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("reason", ["bell\x07", "\udc80", "\x7f", "\ufffe"])
def test_a_reason_that_could_not_be_read_again_is_refused(tiny, reason):
    with pytest.raises(NotifierError, match="a waiver holds a control character"):
        write_waiver(tiny, Waiver(RULE, UNTIL, reason), remedies())

    assert not (tiny / "waivers.yaml").exists()


def test_a_file_that_would_be_too_large_is_not_written(tiny):
    write(tiny, b"#" * (LARGEST - 10) + b"\n")

    with pytest.raises(NotifierError):
        write_waiver(tiny, Waiver(RULE, UNTIL, "known"), remedies())

    assert (tiny / "waivers.yaml").stat().st_size == LARGEST - 9


def test_no_folder_is_made_for_a_waiver(tmp_path):
    with pytest.raises(NotifierError, match="there is no such folder"):
        write_waiver(tmp_path / "nowhere", Waiver(RULE, UNTIL, "known"), remedies())

    assert not (tmp_path / "nowhere").exists()


def test_a_rule_that_could_not_look_everywhere_may_need_its_waiver():
    waivers = (Waiver(RULE, UNTIL, "known"), Waiver("waves/order", UNTIL, "known"))

    early = waiver_problems(waivers, (), today=UNTIL, idle=[RULE])
    late = waiver_problems(waivers, (), today=date(2024, 3, 6), idle=[RULE])

    assert [each.rule for each in early] == ["check/waiver-unused"]
    assert [each.rule for each in late] == [
        "check/waiver-expired",
        "check/waiver-unused",
    ]
