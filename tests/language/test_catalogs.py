import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.language import catalogs, lint, pofile
from notifier.language.catalogs import Catalog, catalog_tags, load_catalog
from notifier.language.rules import RULES
from notifier.language.words import WORDS

HEADER = r"""msgid ""
msgstr ""
"Language: {tag}\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals={plurals};\n"

"""
ITALIAN = HEADER.format(tag="it", plurals="2; plural=(n != 1)")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    return tmp_path / "mail" / "locales"


@pytest.fixture(autouse=True)
def built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an empty folder in place of the catalogs that come with the package."""
    folder = tmp_path / "package" / "locales"
    folder.mkdir(parents=True)
    monkeypatch.setattr(catalogs, "resource_folder", lambda name: folder)
    return folder


def write(
    locales: Path, entries: str | bytes, *, tag: str = "it", name: str = "notice.po"
) -> Path:
    path = locales / tag / "LC_MESSAGES" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = entries.encode() if isinstance(entries, str) else entries
    path.write_bytes(data)
    return path


def italian(locales: Path, entries: str) -> Catalog:
    write(locales, ITALIAN + entries)
    catalog, problems = load_catalog("it", [locales])
    assert problems == ()
    return catalog


def complaints(locales: Path, tag: str = "it") -> list[str]:
    return [
        f"{problem.place}: {problem.message} [{problem.rule}]"
        for problem in load_catalog(tag, [locales])[1]
    ]


def test_the_notices_own_words_win_over_its_parents_and_the_built_in(
    tmp_path, built_in, locales
):
    parent = tmp_path / "locales"
    three = 'msgid "A"\nmsgstr "{0}"\n\nmsgid "B"\nmsgstr "{0}"\n\n'
    write(
        built_in,
        ITALIAN + three.format("built in") + 'msgid "C"\nmsgstr "built in"\n',
        name="notifier.po",
    )
    write(parent, ITALIAN + three.format("parent"))
    write(locales, ITALIAN + 'msgid "A"\nmsgstr "own"\n')

    catalog, problems = load_catalog("it", [parent, locales])

    assert [catalog.gettext(text) for text in "ABC"] == ["own", "parent", "built in"]
    assert problems == ()


def test_fuzzy_and_empty_entries_are_missing(locales):
    write(
        locales,
        ITALIAN + '#, fuzzy\nmsgid "Stop"\nmsgstr "Ferma"\n\nmsgid "Go"\nmsgstr ""\n\n'
        'msgid "Yes"\nmsgstr "Sì"\n',
    )
    catalog, _ = load_catalog("it", [locales])

    texts = [catalog.gettext(text) for text in ("Stop", "Go", "Yes", "Stop")]

    assert texts == ["Stop", "Go", "Sì", "Stop"]
    assert catalog.missing() == ("Stop", "Go")
    assert catalog.fresh().missing() == ()
    assert catalog.find("Other") is None
    assert catalog.missing() == ("Stop", "Go")


def test_nothing_is_missing_in_the_language_of_the_messages(locales):
    write(locales, HEADER.format(tag="en", plurals="2; plural=(n != 1)"), tag="en")
    catalog, problems = load_catalog("en", [locales])

    assert (catalog.gettext("Stop"), catalog.missing(), problems) == ("Stop", (), ())
    assert catalog.ngettext("a wave", "waves", 2) == "waves"


def test_a_context_tells_two_meanings_apart(locales):
    catalog = italian(
        locales,
        'msgid "Start"\nmsgstr "Inizio"\n\n'
        'msgctxt "verb"\nmsgid "Start"\nmsgstr "Avvia"\n',
    )

    assert catalog.gettext("Start") == "Inizio"
    assert catalog.pgettext("verb", "Start") == "Avvia"
    assert catalog.pgettext("noun", "Start") == "Start"


def test_plurals_follow_the_rule_of_the_file(locales):
    polish = (
        "3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"
    )
    write(
        locales,
        HEADER.format(tag="pl", plurals=polish) + 'msgid "%(n)s wave"\n'
        'msgid_plural "%(n)s waves"\nmsgstr[0] "jedna fala"\n'
        'msgstr[1] "%(n)s fale"\nmsgstr[2] "%(n)s fal"\n',
        tag="pl",
    )
    catalog, problems = load_catalog("pl", [locales])

    texts = [catalog.ngettext("%(n)s wave", "", n) for n in (1, 2, 5, 22)]

    assert texts == ["jedna fala", "%(n)s fale", "%(n)s fal", "%(n)s fale"]
    assert problems == ()


def test_a_catalog_serves_jinjas_trans_blocks(locales):
    catalog = italian(
        locales,
        'msgid "Start at %(time)s, 100%% sure"\n'
        'msgstr "Si parte alle %(time)s, sicuri al 100%%"\n\n'
        'msgid "%(n)s wave"\nmsgid_plural "%(n)s waves"\n'
        'msgstr[0] "una ondata"\nmsgstr[1] "%(n)s ondate"\n\n'
        'msgctxt "verb"\nmsgid "Open"\nmsgstr "Apri"\n',
    )
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    environment.install_gettext_callables(
        catalog.gettext,
        catalog.ngettext,
        newstyle=True,
        pgettext=catalog.pgettext,
        npgettext=catalog.npgettext,
    )
    template = environment.from_string(
        "{% trans time='8' %}Start at {{ time }}, 100% sure{% endtrans %}; "
        "{% trans n=3 %}{{ n }} wave{% pluralize %}{{ n }} waves{% endtrans %}; "
        '{{ pgettext("verb", "Open") }}; {% trans %}Unknown{% endtrans %}'
    )

    assert template.render() == (
        "Si parte alle 8, sicuri al 100%; 3 ondate; Apri; Unknown"
    )
    assert catalog.missing() == ("Unknown",)


def test_a_regional_locale_adds_to_its_parents_catalog(locales):
    both = 'msgid "A"\nmsgstr "{0}"\n\n'
    write(locales, ITALIAN + both.format("it") + 'msgid "B"\nmsgstr "it"\n')
    write(locales, ITALIAN + both.format("it-CH"), tag="it_CH")

    catalog, problems = load_catalog("it-CH", [locales])

    assert [catalog.gettext(text) for text in "AB"] == ["it-CH", "it"]
    assert problems == ()
    assert catalog_tags([locales]) == ("en", "it", "it-CH")


def test_a_locale_without_any_file_is_told(locales):
    write(locales, ITALIAN)

    catalog, problems = load_catalog("cs", [locales])

    assert catalog.gettext("A") == "A"
    assert [str(problem).splitlines()[0] for problem in problems] == [
        "locales/cs/LC_MESSAGES/notice.po: warning: there are no translations for 'cs'"
        " [catalog/absent]"
    ]


def test_a_changed_file_is_read_again(locales):
    path = write(locales, ITALIAN + 'msgid "A"\nmsgstr "uno"\n')
    before = load_catalog("it", [locales])[0].gettext("A")
    path.write_text(ITALIAN + 'msgid "A"\nmsgstr "due"\n', "utf-8")
    os.utime(path, ns=(1, 1))

    assert (before, load_catalog("it", [locales])[0].gettext("A")) == ("uno", "due")


NAME = "it/LC_MESSAGES/notice.po"
PLACE = f"locales/{NAME}"


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        (
            'msgid "from %(start)s"\nmsgstr "da %(inizio)s"\n',
            f"{PLACE}:7: unknown placeholder '%(inizio)s' in the translation of "
            "'from %(start)s' [catalog/placeholder]",
        ),
        (
            'msgid "on {date:2023-06-30}"\nmsgstr "il 30 giugno"\n',
            f"{PLACE}:7: lost placeholder '{{date:2023-06-30}}' in the translation of "
            "'on {date:2023-06-30}' [catalog/placeholder]",
        ),
        (
            'msgid "on {date:2023-06-30}"\n'
            'msgstr "il {date:2023-06-30}, {date:2023-06-30}"\n',
            f"{PLACE}:7: repeated placeholder '{{date:2023-06-30}}' in the translation "
            "of 'on {date:2023-06-30}' [catalog/placeholder]",
        ),
        (
            'msgid "%(n)s of 50%%"\nmsgstr "%(n)s del 50%"\n',
            f"{PLACE}:7: a lone '%' in '%(n)s del 50%' in the translation of "
            "'%(n)s of 50%%' [catalog/placeholder]",
        ),
        (
            'msgid "%(n)s wave"\nmsgid_plural "%(n)s waves"\n'
            'msgstr[0] "una"\nmsgstr[1] "ondate"\n',
            f"{PLACE}:7: lost placeholder '%(n)s' in the translation of "
            "'%(n)s wave' [catalog/placeholder]",
        ),
        (
            'msgid "%(n)s in %(a)s"\nmsgid_plural "%(n)s all in %(a)s"\n'
            'msgstr[0] "una"\nmsgstr[1] "%(n)s in %(a)s"\n',
            f"{PLACE}:7: lost placeholder '%(a)s' in the translation of "
            "'%(n)s in %(a)s' [catalog/placeholder]",
        ),
        (
            'msgid "wave"\nmsgid_plural "waves"\nmsgstr[0] "ondata"\n',
            f"{PLACE}:7: 'wave' lacks 1 of 2 forms [catalog/plurals]",
        ),
        (
            'msgid "wave"\nmsgid_plural "waves"\n'
            'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
            f"{PLACE}:7: msg has more translations than num_plurals of catalog "
            "on 6 [catalog/syntax]",
        ),
        (
            'msgid "A"\nmsgstr "uno\n',
            f"{PLACE}:8: not a line of a PO file: 'msgstr \"uno' [catalog/syntax]",
        ),
        (
            'msgid A\nmsgstr "uno"\n',
            f"{PLACE}:7: not a line of a PO file: 'msgid A' [catalog/syntax]",
        ),
        (
            'msgid "A"\n\nmsgid "B"\nmsgstr "due"\n',
            f"{PLACE}:7: missing msgstr for msgid 'A' on 6 [catalog/syntax]",
        ),
        (
            'msgstr "uno"\n',
            f"{PLACE}:7: no msgid for 'msgstr \"uno\"' [catalog/syntax]",
        ),
    ],
    ids=lambda value: value[-40:] if value.startswith(PLACE) else None,
)
def test_a_fault_is_told_with_its_place(locales, entries, complaint):
    write(locales, ITALIAN + entries)

    assert complaints(locales) == [complaint]


def test_all_faults_are_told_and_the_sound_entries_still_used(locales):
    write(
        locales,
        ITALIAN + 'msgid "%(a)s"\nmsgstr "x"\n\nmsgid "%(b)s"\nmsgstr "y"\n\n'
        'msgid "Yes"\nmsgstr "Sì"\n',
    )
    catalog, problems = load_catalog("it", [locales])

    assert [problem.place.line for problem in problems] == [7, 10]
    assert [catalog.gettext(text) for text in ("Yes", "%(a)s")] == ["Sì", "%(a)s"]


PLURAL = 'msgid "wave"\nmsgid_plural "waves"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'


@pytest.mark.parametrize(
    ("tag", "plurals", "rule"),
    [
        ("pl", "2; plural=(n != 1)", "catalog/plurals"),
        ("it", "2; plural=n", "catalog/plurals"),
        ("it", "999999999; plural=0", "catalog/plurals"),
        ("it", "0; plural=0", "catalog/plurals"),
        ("it", "2; plural=n/0", "catalog/syntax"),
        ("it", "2; plural=import os", "catalog/syntax"),
        ("it", "two; plural=0", "catalog/syntax"),
        ("it", "2; plural=" + "(" * 300 + "n" + ")" * 300, "catalog/syntax"),
    ],
)
def test_a_plural_rule_that_does_not_suit_the_language_is_told(
    locales, tag, plurals, rule
):
    write(locales, HEADER.format(tag=tag, plurals=plurals) + PLURAL, tag=tag)

    assert [problem.rule for problem in load_catalog(tag, [locales])[1]] == [rule]


def test_a_plural_rule_that_fails_for_large_counts_gives_the_last_form(locales):
    plurals = "2; plural=n == 300 ? 1/(n-300) : n >= 200 ? 7 : n != 1"
    write(locales, HEADER.format(tag="it", plurals=plurals) + PLURAL)
    catalog, problems = load_catalog("it", [locales])

    assert problems == ()
    assert [catalog.ngettext("wave", "", n) for n in (1, 2, 200, 300)] == list("abbb")


@pytest.mark.parametrize("tag", WORDS)
def test_babels_own_plural_rules_suit_their_languages(locales, tag):
    write(locales, f'msgid ""\nmsgstr "Language: {tag}\\n"\n\n{PLURAL}', tag=tag)

    header_faults = [text for text in complaints(locales, tag) if "suit" in text]

    assert header_faults == []


def test_a_file_in_the_wrong_folder_is_told(locales):
    write(locales, ITALIAN, tag="de")

    assert complaints(locales, "de") == [
        "locales/de/LC_MESSAGES/notice.po: the header says Language: 'it', the folder "
        "'de' [catalog/language]"
    ]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b'msgid "A"\nmsgstr "\xe8"\n', f"{PLACE}:2: byte 0xe8 is not UTF-8 [{{}}]"),
        (b"\n" * 5_000_001, f"{PLACE}: {NAME!r} has 5000001 bytes [{{}}]"),
    ],
    ids=["catalog/encoding", "catalog/too-large"],
)
def test_a_file_that_is_no_text_of_ours_is_told(locales, data, complaint, request):
    write(locales, data)
    rule = request.node.callspec.id

    assert complaints(locales) == [complaint.format(rule)]


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "fact"),
    [
        pytest.param(Path.mkdir, "is not a file", id="folder"),
        pytest.param(os.mkfifo, "is not a file", id="pipe"),
        pytest.param(link_to("/dev/zero"), "leads out of the folder", id="device"),
        pytest.param(link_to("../../../b.po"), "leads out of the folder", id="link"),
        pytest.param(link_to("../../.."), "leads out of the folder", id="folder-link"),
    ],
)
def test_what_is_no_file_of_the_locales_folder_is_not_read(locales, make, fact):
    path = write(locales, "")
    path.unlink()
    (locales.parent / "b.po").write_text("a secret\n")
    make(path)

    assert complaints(locales) == [f"{PLACE}: {NAME!r} {fact} [catalog/unreadable]"]


def test_a_link_inside_the_locales_folder_is_followed(locales):
    path = write(locales, ITALIAN + 'msgid "A"\nmsgstr "uno"\n', name="other.po")
    path.with_name("notice.po").symlink_to(path)

    assert load_catalog("it", [locales])[0].gettext("A") == "uno"


def test_a_parents_catalog_is_shown_from_the_notice_folder(tmp_path, locales):
    parent = tmp_path / "locales"
    write(parent, ITALIAN + 'msgid "%(a)s"\nmsgstr "x"\n')
    locales.mkdir(parents=True)

    problems = load_catalog("it", [parent, locales])[1]

    assert [str(problem.place) for problem in problems] == [f"../{PLACE}:7"]


def test_byte_order_marks_line_ends_and_obsolete_entries_do_no_harm(locales):
    entries = (
        'msgid "A"\nmsgstr "uno"\n\n#, fuzzy\n#~| msgid "old"\n#~ msgid "older"\n'
        '#~ msgstr "vecchio"\n\nmsgid "B"\nmsgstr "due"\n'
    )
    text = "\ufeff" + (ITALIAN + entries).replace("\n", "\r\n")
    write(locales, text)

    catalog, problems = load_catalog("it", [locales])

    assert [catalog.gettext(text) for text in "AB"] == ["uno", "due"]
    assert problems == ()


LINES = st.sampled_from(
    (
        *('msgid "a"', 'msgid ""', 'msgstr "b"', 'msgstr ""', 'msgctxt "c"', '"d\\n"'),
        *('msgid_plural "e"', 'msgstr[0] "f"', 'msgstr[9] "g"', "", "#, fuzzy", "#~ x"),
        *('#~ msgid "h"', "#: a:b", '"Language: xx-!\\n"', '"POT-Creation-Date: x\\n"'),
        *('"Plural-Forms: nplurals=3; plural=n>>2;\\n"', '"PO-Revision-Date: 1\\n"'),
        *('"Content-Type: a; charset=none\\n"', "#: \u2068a b", "#, ", '"\\x\\"'),
        *('"Language: \\n"', '"Plural-Forms: nplurals=2; plural=n%0\\n"', "msgid"),
    )
)


@settings(max_examples=400)
@given(st.lists(LINES, max_size=12).map("\n".join) | st.text())
def test_any_file_is_read_or_refused_with_known_rules(text):
    problems = pofile._parse(text, "pl", "x.po").problems

    assert {problem.rule for problem in problems} <= set(RULES)


def test_every_rule_named_in_the_code_is_explained():
    folder = Path(catalogs.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))

    assert set(re.findall(r'"(catalog/[a-z-]+)"', code)) == {*RULES, *lint.RULES}


def test_fourteen_catalogs_of_400_messages_load_in_half_a_second(locales):
    entry = (
        'msgid "{0}: a sentence of some length on %(day)s"\nmsgstr "{0}: %(day)s"\n\n'
    )
    entries = "".join(entry.format(number) for number in range(400))
    for tag in WORDS:
        write(locales, HEADER.format(tag=tag, plurals="1; plural=0") + entries, tag=tag)

    begun = time.process_time()
    problems = [load_catalog(tag, [locales])[1] for tag in WORDS]

    assert time.process_time() - begun < 0.5
    assert problems == [()] * len(WORDS)


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        pytest.param("\n" * 199_994, f"{PLACE}:200001: 200,001 lines", id="lines"),
        pytest.param(
            "".join(f'msgid "{n}"\nmsgstr "x"\n' for n in range(20_001)),
            f"{PLACE}:40007: more than 20,000 messages",
            id="messages",
        ),
    ],
)
def test_a_file_beyond_the_limits_is_told(locales, entries, complaint):
    write(locales, ITALIAN + entries)

    assert complaints(locales) == [f"{complaint} [catalog/too-large]"]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param('msgid "A"\nmsgstr "b"' + "\n" * 190_000, id="empty-lines"),
        pytest.param(
            'msgid ""\n' + '"twenty-two characters "\n' * 190_000 + 'msgstr ""\n',
            id="one-long-message",
        ),
    ],
)
def test_large_files_within_the_limits_are_read_soon(locales, entries):
    write(locales, ITALIAN + entries)
    begun = time.process_time()

    assert complaints(locales) == []
    assert time.process_time() - begun < 4


def test_a_message_that_stands_twice_is_told(locales):
    entry = 'msgid "Upgrade"\nmsgstr "Aggiornamento"\n\n'
    other = 'msgctxt "alert"\nmsgid "Upgrade"\nmsgstr "Aggiornamento"\n\n'
    write(locales, ITALIAN + entry + other + 'msgid ""\n' + entry[6:])
    lines = ITALIAN.count("\n")

    assert complaints(locales) == [
        f"locales/it/LC_MESSAGES/notice.po:{lines + 10}: 'Upgrade' stands here a "
        "second time [catalog/syntax]"
    ]


def test_fuzzy_entries_are_told_once_for_the_file(locales):
    write(locales, ITALIAN + '#, fuzzy\nmsgid "Upgrade"\nmsgstr "Aggiornamento"\n')

    assert complaints(locales) == [
        "locales/it/LC_MESSAGES/notice.po: 1 marked fuzzy, which do not count (lines "
        f"{ITALIAN.count(chr(10)) + 2}) [catalog/fuzzy]"
    ]
