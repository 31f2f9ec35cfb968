"""What an author may well write is no fault: a gate with false alarms is left open."""

import base64

import pytest
from notices import check, edit, write_template

NOTICE, WAVES, CONTACTS = "notice.yaml", "waves.yaml", "contacts.csv"
TEXT = """\
reason: |
  Write to [us](mailto:ops@example.com) or <mailto:ops@example.com>, see
  [https://a.example.com/x](https://a.example.com/x), <https://b.example.com/?a=1&b=2>,
  `curl https://c.example.com/{region}/y` and [docs](https://d.example.com/a,b_c?x=1#f).

  1. one: `<tag>` & 'quote' "q" – “x” … 1 234 567
  1. two 日本語 and العربية 100 %

  | A | B |
  | --- | --- |
  | x | [y](https://e.example.com/) |

  > [!NOTE]
  >
  > Mind the gap.

  ```
  dig +short TXT _x.example.com https://f.example.com/
  ```
"""
REASON = """\
reason: >-
  To keep your messages arriving quickly and reliably, we are moving the email delivery
  service of Adobe Campaign to a new generation of infrastructure.
"""
ODD = "Odd *x* & <b>y</b> _z_ {w} 'q' 2024 100 % #1"
LONG = "\n".join(
    [
        "reason: |",
        "  In this order:",
        "",
        *(f"  1. point {number}" for number in range(20)),
        "",
        "  | What | When | Who |",
        "  | --- | --- | --- |",
        *(f"  | row {n} | {'a long value ' * 5}{n} | third {n} |" for n in range(20)),
        "",
        "changes:",
        *(f"  - {{date: 2024-01-{30 - n}, text: Change {n}}}" for n in range(20)),
        "",
    ]
)
SUPPORT = "https://experienceleague.adobe.com/?support-solution=Campaign#support"
CANCELLED = "status: cancelled\n    revision: 1\n    updated: 2024-01-30"
# The smallest picture that is one.
LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
VARIANTS = {
    "texts": [
        (NOTICE, REASON, TEXT),
        (NOTICE, "allowed: no", "allowed: choose\n    until: 2024-03-01"),
        (
            NOTICE,
            "locales:",
            "changes: [{date: 2024-01-20, text: 'One *more* wave'}]\nlocales:",
        ),
        (NOTICE, "  faq_style: list", "  alerts: [{section: impact, text: Mind `a`.}]"),
        (
            NOTICE,
            "faq: [mandatory,",
            "faq: [{question: Is it 'x'?, answer: \"Yes:\\n\\n* a\\n* b\"}, mandatory,",
        ),
    ],
    "long lists and wide tables": [
        (NOTICE, REASON, LONG),
    ],
    "signs of Markdown in plain texts": [
        (NOTICE, "title: Campaign email sending", f'title: "{ODD}'),
        (NOTICE, "infrastructure upgrade\ndescription", 'upgrade"\ndescription'),
        (NOTICE, "- No other Campaign", f'- "{ODD} • ─ |"\n    - No other Campaign'),
        (NOTICE, "name: Adobe Customer Care", f'name: "{ODD}"'),
        (WAVES, "label: Americas", f'label: "{ODD}"'),
    ],
    "a logo, a cancelled wave, no questions in messages": [
        (NOTICE, '  color: "#1473e6"', "  logo: logo.png\n  logo_alt: Sign"),
        (WAVES, "    label: Middle", f"    {CANCELLED}\n    label: Middle"),
    ],
    "odd names": [
        ("customers.csv", "Tulp & Zonen B.V.", f'"{ODD} ""T"" \\ [c](d)"'),
        (CONTACTS, "Sanne de Vries", "Sanne *de* <i>Vries</i> `x` {y} [c](d)"),
        (CONTACTS, "Giulia Ferrari", "ليلى حسن"),
        (CONTACTS, "Sam O'Neill", "Wolfeschlegelsteinhausenbergerdorff " * 3),
        ("instances.csv", "tulp-prod2", "tulp.prod_2-x"),
        ("instances.csv", "oasis-prod1", "production-1"),
    ],
    "times at the edge": [
        (WAVES, "start: 2024-03-05T22:00", "start: 2024-03-31T00:30"),
        (WAVES, "2024-03-28, to: 2024-04-01", "2024-05-28, to: 2024-06-01"),
        (WAVES, "start: 2024-03-09T23:00", "start: 2024-04-30T23:00"),
        (WAVES, "timezone: Asia/Tokyo\n    window: 3 hours", "window: 55 hours"),
        (WAVES, "timezone: Asia/Dubai", "timezone: Asia/Kathmandu"),
        (WAVES, "was: {start: 2024-03-04T22:00}", "was: {window: 2 hours}"),
        (CONTACTS, ",ja,Asia/Tokyo", ",ja,Etc/GMT+3"),
        (CONTACTS, ",it,Europe/Rome", ",it,UTC"),
        (CONTACTS, ",en,America/New_York", ",en-US,Australia/Lord_Howe"),
    ],
    "waves that were given up, and no phases": [
        (WAVES, "    label: Asia", "    status: tentative\n    label: Asia"),
        (WAVES, "    label: Middle", "    status: cancelled\n    label: Middle"),
        (WAVES, "  - {environments: [development, staging], starts: 2023-10}\n", ""),
        (WAVES, "phases:\n  - {environments: [production], starts: 2024-01}\n", ""),
        (WAVES, "    label: Americas\n", ""),
    ],
    "phases": [
        (WAVES, "starts: 2023-10}", "starts: 2023-Q4, ends: 2024-Q1}"),
        (
            WAVES,
            "starts: 2024-01}",
            "starts: 2024-W04, note: '[x](https://x.example.com)'}",
        ),
    ],
    "phases with days": [
        (WAVES, "starts: 2023-10}", "starts: 2023-11-14, ends: 2023-12-01}"),
        (WAVES, "starts: 2024-01}", "by: 2024-03-31}"),
    ],
    "pages of few sections": [
        (NOTICE, "[changes, audience, timeline, impact, faq]", "[changes, faq]"),
        (NOTICE, "faq_style: list", "faq_style: headings"),
        (NOTICE, "kind: upgrade", "kind: migration"),
        (NOTICE, "level: outage", "level: no-impact"),
        (NOTICE, "allowed: no", "allowed: request"),
    ],
    "pages without questions": [
        (NOTICE, "[changes, audience, timeline, impact, faq]", "[timeline]"),
        (NOTICE, "  outline", "  heading: Another *heading* <x>\n  outline"),
        (NOTICE, "kind: upgrade", "kind: maintenance"),
        (NOTICE, "page:\n", "delivery: {calendar: person}\npage:\n"),
    ],
    "support by mail": [
        (NOTICE, SUPPORT, "mailto:help@example.com"),
        (NOTICE, '  site: "https://notices.example.com"\n', ""),
        (NOTICE, '"#1473e6"', '"#ffff00"'),
        (NOTICE, "faq_style: list", "faq_style: collapsible"),
        (NOTICE, "kind: upgrade", "kind: security-update"),
        (NOTICE, "page:\n", "expected: {about: 30-60 minutes}\npage:\n"),
    ],
}
# Doubts that these texts deserve: they are not translated, or printed as they are.
DESERVED = (
    *("catalog/", "translation/", "dialect/title-", "notice/plain-text"),
    *("waves/plain-text", "schedule/", "publish/names-instance", "notice/unused"),
)


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_what_an_author_may_write_is_no_fault(variant, folder):
    edit(folder / NOTICE, "fallback: forbid", "fallback: warn")
    (folder / "logo.png").write_bytes(LOGO)
    if "questions" in variant:
        base = '{% extends "builtin/documents/announcement.md.j2" %}\n'
        no_answers = f"{base}{{% block faq %}}{{% endblock %}}\n"
        write_template(folder, "documents/announcement.md.j2", no_answers)
    for name, old, new in VARIANTS[variant]:
        edit(folder / name, old, new)

    found = [
        str(each.problem)
        for each in check(folder).findings
        if each.problem.is_error or not each.problem.rule.startswith(DESERVED)
    ]

    assert found == []
