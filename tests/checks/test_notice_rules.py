"""Each rule of the YAML files is told at the key that breaks it, and no other."""

from __future__ import annotations

import os
import shutil

import pytest
from breaches import Breach, add, break_folder, swap, told_of
from notices import found

from notifier.notice.yaml_tree import MOST_NODES

pytestmark = pytest.mark.slow  # together they take seconds

KIND = "kind: upgrade"
NOTICE = "notice.yaml"
WAVES = "waves.yaml"
DESCRIPTION = "description: What the upgrade of the Campaign email sending "
START = "start: 2024-03-05T22:00"
MANY_KEYS = "".join(f"«notice/unknown-key»key{n}: x\n" for n in range(99))


def _without(name):
    return lambda folder: (folder / name).unlink()


def _folder_at(name):
    def mutate(folder):
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir(parents=True)

    return mutate


def _enlarged(name):
    return lambda folder: os.truncate(folder / name, 60_000_000)


def _not_utf8(name, data):
    def mutate(folder):
        with (folder / name).open("ab") as file:
            file.write(data)

    return mutate


YAML = {
    "yaml/syntax": add(NOTICE, "reasons: «yaml/syntax»[a\n"),
    "yaml/not-utf8": Breach(
        more=_not_utf8(NOTICE, b"# \xff\n"), told=(("yaml/not-utf8", "notice.yaml:61"),)
    ),
    "yaml/control-character": swap(
        NOTICE, DESCRIPTION, 'description: «yaml/control-character»"a\\0" #'
    ),
    "yaml/alias": swap(NOTICE, KIND, "kind: «yaml/alias»&a upgrade"),
    "yaml/tag": swap(NOTICE, KIND, "kind: «yaml/tag»!!str upgrade"),
    "yaml/key": add(NOTICE, "? «yaml/key»[a]\n: b\n"),
    "yaml/duplicate-key": add(NOTICE, "«yaml/duplicate-key»kind: upgrade\n"),
    "yaml/empty-item": swap(NOTICE, "  - Adobe", "  -«yaml/empty-item»\n  - Adobe"),
    "yaml/documents": add(NOTICE, "«yaml/documents»---\na: b\n"),
    "yaml/too-deep": add(NOTICE, f"a: {'[' * 19}«yaml/too-deep»[{']' * 20}\n"),
    # The mapping, its key and the list are values, too.
    "yaml/too-large": add(
        "../notifier.yaml", f"a: [{'x, ' * (MOST_NODES - 3)}«yaml/too-large»x]\n"
    ),
}
NOTICES = {
    "missing": swap(NOTICE, KIND, "", told=(("notice/missing", "notice.yaml:2:1"),)),
    "unknown-key": swap(NOTICE, KIND, f"«notice/unknown-key»kinds: x\n{KIND}"),
    "type": swap(NOTICE, "locales: [", "locales: «notice/type»{a: b} # ["),
    "id": swap(NOTICE, "notice: email", "notice: «notice/id»e mail"),
    "choice": swap(NOTICE, KIND, "kind: «notice/choice»upgrde"),
    "date": add(NOTICE, "changes: [{date: «notice/date»2024-02-31, text: x}]\n"),
    "duration": swap(
        NOTICE, "production: 30 days", "production: «notice/duration»30 dayz"
    ),
    "duplicate": swap(
        NOTICE, "[mandatory,", "[mandatory, «notice/duplicate»mandatory,"
    ),
    "environment": swap(
        NOTICE, "{development: 7", "{«notice/environment»devel: 9 days, development: 7"
    ),
    "characters": swap(
        NOTICE, DESCRIPTION, 'description: «notice/characters»"a\\u200bb" #'
    ),
    "too-long": swap(
        NOTICE, DESCRIPTION, f"description: «notice/too-long»{'x' * 1_001} # "
    ),
    "raw-html": swap(NOTICE, "reason: >-", "reason: «notice/raw-html»>-\n  A <b>\n"),
    "link": swap(NOTICE, "reason: >-", "reason: «notice/link»>-\n  [a](http://a.b)\n"),
    "placeholder": swap(
        NOTICE, "reason: >-", "reason: «notice/placeholder»>-\n  {date:2024-13}\n"
    ),
    "locale": swap(NOTICE, "locales: [en, it", "locales: [en, «notice/locale»xx"),
    "default-locale": swap(
        NOTICE, "default_locale: en", "default_locale: «notice/default-locale»de"
    ),
    "section": swap(NOTICE, "[changes, audience", "[changes, «notice/section»audiense"),
    "question": swap(NOTICE, "faq: [", "faq: [«notice/question»{question: Why?}, "),
    "expected": add(NOTICE, "expected: «notice/expected»{}\n"),
    "host": add(NOTICE, "links: [{host: «notice/host»a b, rule: path-locale}]\n"),
    "url": swap(NOTICE, 'site: "https:', 'site: «notice/url»"http:'),
    "path": swap(NOTICE, "path: technotes", "path: «notice/path»../technotes"),
    "color": swap(NOTICE, '"#1473e6"', "«notice/color»red"),
    "logo": swap(NOTICE, "brand:", "brand:\n  logo: «notice/logo»logo.png"),
    "email": swap(NOTICE, 'url: "https:', 'url: «notice/email»"mailto:'),
    "sender": swap(NOTICE, 'sender: "', 'sender: «notice/sender»"@'),
    "contact-column": add(
        NOTICE,
        "delivery: {preferences_url: "
        "«notice/contact-column»'https://a.example.com/{contact.token}'}\n",
    ),
    "unreadable": Breach(
        more=_folder_at(NOTICE), told=(("notice/unreadable", NOTICE),)
    ),
    "missing-file": Breach(
        more=_without(NOTICE), told=(("notice/missing-file", NOTICE),)
    ),
    "too-large": Breach(more=_enlarged(NOTICE), told=(("notice/too-large", NOTICE),)),
    "more": add(
        NOTICE,
        MANY_KEYS + "«notice/unknown-key»a: x\nb: x\n",
        told=(("notice/more", NOTICE),),
    ),
}
SCHEDULES = {
    "missing": swap(WAVES, START, "", told=(("waves/missing", "waves.yaml:31:5"),)),
    "unknown-key": add(WAVES, "    «waves/unknown-key»starts: 2024-03-15\n"),
    "type": swap(WAVES, "timezone: UTC", "timezone: «waves/type»[UTC]"),
    "id": swap(WAVES, "id: pilot", "id: «waves/id»pi lot"),
    "choice": swap(WAVES, "status: completed", "status: «waves/choice»complete"),
    "date": swap(WAVES, START, "start: «waves/date»2024-03-35T22:00"),
    "duration": swap(WAVES, "setup: 20 minutes", "setup: «waves/duration»20 apples"),
    "duplicate": swap(
        WAVES, "  - development", "  - development\n  - «waves/duplicate»development"
    ),
    "environment": swap(
        WAVES, "environments: [production]", "environments: [«waves/environment»prod]"
    ),
    "characters": swap(WAVES, "label: Pilot", 'label: «waves/characters»"a\\u202e" #'),
    "too-long": swap(WAVES, "label: Pilot", f"label: «waves/too-long»{'x' * 1_001} # "),
    "number": swap(WAVES, "parallel: 4", "parallel: «waves/number»0"),
    "timezone": swap(WAVES, "timezone: UTC", "timezone: «waves/timezone»Europe/Rom"),
    "phase-date": swap(
        WAVES,
        "{environments: [production],",
        "«waves/phase-date»{environments: [production], by: 2024-02,",
    ),
    "blackout-order": swap(
        WAVES, "{from: 2024-03-28", "«waves/blackout-order»{from: 2024-05-28"
    ),
    "raw-html": swap(
        WAVES, "starts: 2024-01}", "starts: 2024-01, note: «waves/raw-html»a <b>}"
    ),
    "link": swap(
        WAVES, "starts: 2024-01}", "starts: 2024-01, note: «waves/link»'[a](http://b)'}"
    ),
    "placeholder": swap(
        WAVES,
        "starts: 2024-01}",
        "starts: 2024-01, note: «waves/placeholder»'{link:x}'}",
    ),
    "unreadable": Breach(more=_folder_at(WAVES), told=(("waves/unreadable", WAVES),)),
    "too-large": Breach(more=_enlarged(WAVES), told=(("waves/too-large", WAVES),)),
}
FOLDERS = {
    **YAML,
    **{f"notice/{name}": breach for name, breach in NOTICES.items()},
    **{f"waves/{name}": breach for name, breach in SCHEDULES.items()},
}
# What may stand so, but is hardly meant so, all in one folder.
DOUBTS = Breach(
    ((NOTICE, KIND, "kind: upgrade«yaml/comment»#1"),),
)


@pytest.mark.parametrize("rule", FOLDERS)
def test_a_key_that_breaks_a_rule_is_told_at_its_place_and_alone(rule, folder):
    expected = break_folder(folder, FOLDERS[rule])

    assert rule in FOLDERS[rule].rules
    assert told_of(folder, FOLDERS[rule]) == expected


def test_what_is_no_folder_is_told_by_its_name(folder):
    shutil.rmtree(folder)

    assert found(folder)[0] == ("notice/folder", str(folder))
