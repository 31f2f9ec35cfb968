"""What a reader gets equals a plain rendering with the real values, in every part."""

import gettext
import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
import yaml
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st
from icalendar import Calendar
from mail_samples import NOW, SAMPLE, Desk, Values, html_pieces, parts_of, run_of

from notifier.content.editions import fill
from notifier.content.fields import Slot
from notifier.errors import NotifierError
from notifier.notice import read_notice
from notifier.outputs.emails import EmailRequest, write_emails
from notifier.outputs.mail.wire import check_wire
from notifier.resources import resource_folder

pytestmark = pytest.mark.slow

BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ALLOWED = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters=BIDI_CONTROLS
)
NASTY = st.sampled_from(
    [
        *('"', "'", "<", ">", "&", "&amp;", "<b>", "</td>", "<!--", "-->", "]]>"),
        *(
            "=",
            "=41",
            "?=",
            "From ",
            ".",
            "..",
            "\\",
            ",",
            ";",
            ":",
            "\\n",
            "%s",
            "{{x}}",
        ),
        *("مرحبا", "שלום", "🎉", "👩🏽\u200d🔬", "山田", "e\u0301", "\u00a0", "x" * 90),
        *(
            "<https://example.com/",
            "href=",
            'href="',
            "[a](b)",
            "*",
            "_",
            "`",
            " ",
            "--",
        ),
    ]
)
# As the tables hold them: stripped, not empty, without what is refused at load.
WORDS = (
    st.one_of(st.text(ALLOWED, min_size=1), st.lists(NASTY, min_size=1).map("".join))
    .map(str.strip)
    .filter(lambda text: text and "=?" not in text)
)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}", fullmatch=True)
VALUES = st.builds(
    Values,
    name=WORDS,
    email=st.sampled_from(
        ["a@b.example", "o'neill+x@b.example", "a&b=c%d@xn--mnchen-3ya.example"]
    ),
    company=WORDS,
    role=WORDS,
    customer=IDS,
    instances=st.lists(IDS, min_size=2, max_size=30, unique=True).map(tuple),
)
# Its own values stand for fields: no other text of a message holds them.
MARKS = Values(
    name="QQnameQQ",
    email="qqemailqq@b.example",
    company="QQcompanyQQ",
    role="QQroleQQ",
    customer="qqcustomerqq",
    instances=("qqfirstqq", "qqsecondqq"),
)
HORROR = Values(
    name="\"=41 <b>&amp;</b> From .\\, O'Neill 山田 🎉 مرحبا" + "x" * 200,
    company="</td></table><script>alert(1)</script>",
    instances=("a.b", "From", "x" * 64),
)
# Quoted-printable and base64, both directions, and a wide comma.
LOCALES = ("en", "fr", "pl", "ja", "ar")


@pytest.fixture(scope="module")
def desk():
    return Desk(run_of())


@pytest.fixture(scope="module")
def all_fields(tmp_path_factory):
    """Return a desk whose template prints all fields of a reader, also side by side."""
    folder = tmp_path_factory.mktemp("notices") / "email-infrastructure"
    shutil.copytree(resource_folder("examples") / folder.name, folder)
    place = folder / "templates" / "documents"
    place.mkdir(parents=True)
    (place / "announcement.md.j2").write_text(
        '{% extends "builtin/documents/announcement.md.j2" %}\n'
        "{% block greeting %}\n"
        "{{ contact.name }}{{ contact.role }}: {{ customer.id }}\n\n"
        "* {{ contact.email }}\n* **{{ customer.name }}**\n\n"
        "[x](https://example.com/{{ customer.id }}?r={{ contact.role }})"
        '{target="_blank"}\n'
        "{% endblock %}\n",
        "utf-8",
    )
    return Desk(run_of(folder))


def replaced(text, values, *, in_address=False):
    """Return *text*, made with MARKS, with *values* in their place."""
    pairs = dict(zip(MARKS.instances, values.instances, strict=True))
    for name in ("name", "email", "company", "role", "customer"):
        pairs[getattr(MARKS, name)] = getattr(values, name)
    if in_address:
        pairs = {quote(mark): quote(value, safe="") for mark, value in pairs.items()}
    pattern = "|".join(map(re.escape, pairs))
    return re.sub(pattern, lambda found: pairs[found[0]], text)


def replaced_in_html(piece, values):
    kind, held = piece
    if kind in ("text", "comment"):
        return kind, replaced(held, values)
    return kind, tuple(
        (name, text and replaced(text, values, in_address=text[:6] == "https:"))
        for name, text in held
    )


def replaced_in_text(text, values):
    parts = re.split(r"(<https:[^>\s]*>)", text)
    return "".join(
        replaced(part, values, in_address=index % 2 == 1)
        for index, part in enumerate(parts)
    )


@settings(max_examples=100)
@given(
    VALUES.filter(lambda values: len(values.instances) > 1), st.sampled_from(LOCALES)
)
@example(HORROR, "ar")
@example(HORROR, "en")
def test_the_message_is_that_of_other_values_with_these_in_their_place(
    all_fields, values, tag
):
    values = replace(values, instances=values.instances[:2])
    model = parts_of(all_fields.post(tag, MARKS).data)

    found = parts_of(all_fields.post(tag, values).data)

    assert html_pieces(found.html) == [
        replaced_in_html(piece, values) for piece in html_pieces(model.html)
    ]
    assert found.text == replaced_in_text(model.text, values)
    assert found.calendars == tuple(
        replaced(calendar, values) for calendar in model.calendars
    )
    # Python's newer reader adds and drops blanks in names.
    assert "".join(found.to.split()) == "".join(values.name.split())
    assert found.address == values.email
    assert found.subject == replaced(model.subject, values)


@settings(max_examples=40)
@given(VALUES, st.sampled_from(LOCALES))
@example(HORROR, "pl")
def test_the_message_is_its_edition_with_every_slot_filled(all_fields, values, tag):
    # Text right before a field may look like an address only if it is one.
    assume("<https:" not in values.name)
    posting = all_fields.post(tag, values)
    found = parts_of(posting.data)
    letter = fill(posting.message.bound, posting.to.values)

    assert check_wire(posting.data) == ()
    assert (found.subject, found.text, found.html) == (
        letter.title,
        letter.text,
        letter.html,
    )


def put_in(pieces, values, is_html):
    text = ""
    for piece in pieces:
        if not isinstance(piece, Slot):
            text += piece
        elif re.search(r'href="[^"]*$' if is_html else r"<https:[^>\s]*$", text):
            text += quote(values[piece.field].strip("\u2068\u2069"), safe="")
        else:
            text += html.escape(values[piece.field]) if is_html else values[piece.field]
    return text


@settings(max_examples=40)
@given(VALUES, st.sampled_from(LOCALES))
def test_the_message_is_its_pieces_with_the_values_put_between(desk, values, tag):
    posting = desk.post(tag, values)
    bound, merged = posting.message.bound, posting.to.values
    page = (*bound.frame[0], *bound.body, *bound.frame[1])
    found = parts_of(posting.data)

    assert found.html == put_in(page, merged, is_html=True)
    assert found.text == put_in(bound.text, merged, is_html=False)


@settings(max_examples=40)
@given(VALUES)
def test_the_address_for_preferences_names_the_contact_alone(desk, values):
    for tag in ("en", "ar"):
        found = parts_of(desk.post(tag, values).data)

        email, customer = quote(values.email, safe=""), quote(values.customer, safe="")
        address = f"https://notices.example.com/p?for={email}&as={customer}"
        assert found.headers["List-Unsubscribe"] == f"<{address}>"
        assert f"<{address}>" in found.text
        assert f'href="{html.escape(address)}"' in found.html


LETTERS = "abcXYZ019éßłŁ山田あ한مرشב🎉ﬁ  ..,,;:!?'\"&=%$#@*_`~^|\\/()[]+-–…«»"
LINES = (
    st.text(LETTERS, min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and "=?" not in text)
)


def write_notice(folder, texts):
    """Write *texts* into the notice and the first wave of the sample in *folder*."""
    notice = yaml.safe_load((SAMPLE / "notice.yaml").read_text("utf-8"))
    notice |= {"title": texts["title"], "locales": ["en"], "fallback": "warn"}
    notice["customer"]["reschedule"]["allowed"] = "no"
    notice["support"]["name"] = texts["support"]
    notice["publisher"]["name"] = texts["publisher"]
    waves = yaml.safe_load((SAMPLE / "waves.yaml").read_text("utf-8"))
    waves["waves"][2]["label"] = texts["label"]
    for name, facts in (("notice", notice), ("waves", waves)):
        text = json.dumps(facts, default=str)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    for name in ("customers", "instances", "contacts"):
        shutil.copy(SAMPLE / f"{name}.csv", folder)


@settings(max_examples=25)
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("title", "support", "publisher", "label"), LINES)
    )
)
@example(
    {
        "title": 'From .\\, "x"; =41 [a](b) *c* `d` #1',
        "support": "Ayuda & Söhne: 山田, 🎉",
        "publisher": "مرحبا & Co. " + "x" * 200,
        "label": "a\\,b;c\\n " + "é" * 80,
    }
)
def test_the_texts_of_any_notice_arrive_as_they_were_written(texts):
    with TemporaryDirectory() as place:
        folder = Path(place) / "email-infrastructure"
        folder.mkdir()
        write_notice(folder, texts)
        try:
            notice, _ = read_notice(folder)
        except NotifierError:
            reject()
        request = EmailRequest(waves=("production-1",), limit=1, formats=("mbox",))
        write_emails(notice, request, now=NOW, output=folder / "out")
        (file,) = (folder / "out").rglob("*.mbox")
        data = file.read_bytes().partition(b"\n")[2][:-1].replace(b"\n", b"\r\n")
    found = parts_of(data)

    assert check_wire(data) == ()
    title = f"{texts['title']}: March 5, 2024"
    assert found.subject == title
    assert " ".join(found.text.partition("══")[0].split()) == title
    shown = [held for kind, held in html_pieces(found.html) if kind == "text"]
    assert {title, texts["support"], texts["publisher"]} <= {*shown}
    (event,) = Calendar.from_ical(found.calendars[0]).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"{texts['title']} – {texts['label']}"
    assert f": {texts['support']}" in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("tag", "forms", "most"),
    [("pl", 3, 499), ("ar", 6, 499), ("en", 2, 30), ("fr", 2, 30), ("ja", 1, 30)],
)
def test_every_count_has_the_form_that_gettext_chooses(
    desk, tag, forms, most, tmp_path
):
    if not shutil.which("msgfmt"):
        pytest.skip("needs msgfmt")
    catalog = resource_folder("locales") / tag / "LC_MESSAGES" / "notifier.po"
    compiled = tmp_path / "notifier.mo"
    subprocess.run(["msgfmt", "-o", compiled, catalog], check=True)
    with compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    one = "For %(customer)s, we are going to upgrade %(count)s instance."
    several = one.replace("instance.", "instances.")
    company = "\u2068Aurora\u2069" if tag == "ar" else "Aurora"
    told = set()

    for number in range(most + 1):
        values = Values(instances=tuple(f"i{n}" for n in range(number)))
        found = parts_of(desk.post(tag, values).data)

        sentence = words.ngettext(one, several, number)
        told.add(sentence)
        sentence %= {"customer": company, "count": number}
        assert sentence in " ".join(found.text.split())
        assert sentence in " ".join(html.unescape(found.html).split())
    assert len(told) == forms
