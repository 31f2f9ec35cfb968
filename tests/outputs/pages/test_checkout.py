"""A docs checkout is updated in place: our pages and entries, and nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from notifier.errors import NotifierError
from notifier.notice import read_notice
from notifier.outputs.pages.checkout import update_checkout
from notifier.outputs.pages.replacing import replace_files
from notifier.resources import resource_folder
from tests.outputs.pages.publications import publication

PAGE = "technotes/upgrades/upgrade-to-aws.md"
IDENTITY = "f01e38ad-490e-4389-af5e-87beef533eb0"
SAMPLE, _ = read_notice(resource_folder("examples") / "email-infrastructure")
NOTICE = replace(SAMPLE, locales=("en", "it", "zh-Hant"))
PUBLISHED = publication(NOTICE)
SAMPLE_OF = {lang: PUBLISHED.markdown(lang) for lang in NOTICE.locales}

# As repositories have them: flat keys with comments and a nested block; keys of the
# localization robots; contents indented by two, three, and with CRLF.
TREE = {
    "en/technotes/upgrades/upgrade-to-aws.md": (
        "---\n"
        "# Owner: email team\n"
        "title: Campaign Email Sending Infrastructure Upgrade\n"
        "description: Campaign Email Sending Infrastructure Upgrade # short\n"
        f'exl-id: "{IDENTITY}"\n'
        "product_v2:\n"
        "  - id: 514a3f5d # Campaign\n"
        "    # both versions\n"
        "    versions: [v7, v8]\n"
        "role: User\n"
        "---\n"
        "# Campaign Email Sending Infrastructure Upgrade {#migrate-infra-to-aws}\n"
        "\n"
        "## What will be upgraded?{#aws-changes}\n"
    ),
    "en/TOC.md": (
        "---\nuser-guide-title: Notes\n---\n# Notes {#notes}\n\n+ [Home](home.md)\n"
        f"+ Upgrades {{#upgrades}}\n  + {{hide-from-toc}} [Old]({PAGE})\n"
        "  + [Apache](technotes/upgrades/apache.md)\n"
    ),
    "it_IT/technotes/upgrades/upgrade-to-aws.md": (
        "---\n"
        "title: Aggiornamento\n"
        "description: Aggiornamento\n"
        f"exl-id: {IDENTITY}\n"
        "source-git-commit: 68252db5ad53e2a37c76765cd35650f824101289\n"
        "workflow-type: tm+mt\n"
        "source-wordcount: '331'\n"
        "ht-degree: 1%\n"
        "\n"
        "---\n"
        "\n"
        "# Aggiornamento {#migrate-infra-to-aws}\n"
    ),
    "it_IT/TOC.md": (
        "# Note tecniche {#notes}\n\n+ Aggiornamenti{#upgrades}\n"
        "   + [Apache](technotes/upgrades/apache.md)\n+ [Altro](altro.md)\n"
    ),
    "zh-TW/TOC.md": "# 技術說明 {#notes}\r\n\r\n+ 升級{#upgrades}\r\n+ [A](a.md)\r\n",
    "zh-TW/other.md": "---\ntitle: Other\n---\n# Other\n",
    "images/logo.svg": "<svg/>",
    ".git/config": "[core]\n",
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return tmp_path / "docs"


def update(docs: Path, notice=None, **options):
    published = publication(notice) if notice else PUBLISHED
    return update_checkout([published], docs, **options)


def problems(docs: Path, notice=None) -> list[str]:
    """Return the problems that keep *docs* from being updated at all."""
    before = state(docs)
    with pytest.raises(NotifierError) as caught:
        update(docs, notice)
    assert state(docs) == before
    return [
        f"{each.place} {each.rule}".replace(f"{docs}/", "")
        for each in caught.value.problems
    ]


def state(docs: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(docs)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in docs.rglob("*")
        if path.is_file()
    }


def read(docs: Path, name: str) -> str:
    return (docs / name).read_bytes().decode()


def body(page: str) -> str:
    return page[page.index("\n---\n") + 5 :].lstrip("\n")


def test_our_pages_and_entries_are_renewed_where_the_checkout_has_them(docs) -> None:
    updated = update(docs)

    assert [str(path.relative_to(docs)) for path in updated.written] == [
        f"en/{PAGE}",
        f"it_IT/{PAGE}",
        f"zh-TW/{PAGE}",
        "en/TOC.md",
        "it_IT/TOC.md",
        "zh-TW/TOC.md",
    ]
    assert (updated.unchanged, updated.problems) == (0, ())
    assert read(docs, f"zh-TW/{PAGE}") == SAMPLE_OF["zh-Hant"]
    for lang, folder in (("en", "en"), ("it", "it_IT")):
        page = read(docs, f"{folder}/{PAGE}")
        assert body(page) == body(SAMPLE_OF[lang])
        old, new = TREE[f"{folder}/{PAGE}"], SAMPLE_OF[lang]
        theirs, ours = (next(yaml.safe_load_all(text)) for text in (old, new))
        assert next(yaml.safe_load_all(page)) == theirs | ours
    others = TREE.keys() - {str(path.relative_to(docs)) for path in updated.written}
    assert {name: read(docs, name) for name in others} == {
        name: TREE[name] for name in others
    }


def test_what_others_wrote_into_the_front_matter_stays_as_spelled(docs) -> None:
    update(docs)

    page = read(docs, f"en/{PAGE}")
    assert page[: page.index("\n# Campaign")] == (
        "---\n"
        "# Owner: email team\n"
        "title: Campaign email sending infrastructure upgrade\n"
        "description: What the upgrade of the Campaign email sending infrastructure "
        "means for you # short\n"
        f'exl-id: "{IDENTITY}"\n'
        "product_v2:\n"
        "  - id: 514a3f5d # Campaign\n"
        "    # both versions\n"
        "    versions: [v7, v8]\n"
        "role: User\n"
        "---"
    )
    assert "ht-degree: 1%\n\n---\n\n# " in read(docs, f"it_IT/{PAGE}")


def test_contents_keep_their_indentation_and_line_ends(docs) -> None:
    update(docs)

    title = "Campaign email sending infrastructure upgrade"
    hidden = f"{{hide-from-toc}} [Old]({PAGE})"
    assert read(docs, "en/TOC.md") == TREE["en/TOC.md"].replace(
        hidden, f"[{title}]({PAGE})"
    )
    assert read(docs, "it_IT/TOC.md") == (
        "# Note tecniche {#notes}\n\n+ Aggiornamenti{#upgrades}\n"
        "   + [Apache](technotes/upgrades/apache.md)\n"
        "   + [Aggiornamento dell’infrastruttura di invio e-mail di Campaign]"
        f"({PAGE})\n+ [Altro](altro.md)\n"
    )
    lines = read(docs, "zh-TW/TOC.md").split("\r\n")
    assert lines[3].startswith("  + [")
    assert lines[3].endswith(f"]({PAGE})")
    assert [*lines[:3], *lines[4:]] == TREE["zh-TW/TOC.md"].split("\r\n")


def test_a_second_run_touches_no_file(docs) -> None:
    update(docs)
    before = state(docs)

    updated = update(docs)

    assert (updated.written, updated.unchanged) == ((), 6)
    assert state(docs) == before


def test_files_keep_their_mode_and_nothing_is_left_beside_them(docs) -> None:
    (docs / "en" / PAGE).chmod(0o640)

    update(docs)

    assert (docs / "en" / PAGE).stat().st_mode & 0o777 == 0o640
    assert not list(docs.rglob(".notifier*"))


def test_a_locale_without_a_folder_gets_one_and_contents(docs) -> None:
    update(docs, replace(NOTICE, locales=("en", "ar")))

    assert read(docs, "ar/TOC.md").startswith("# Adobe {#toc}\n\n+ Upgrades{#upgrades}")
    assert (docs / "ar" / PAGE).is_file()


def test_progress_counts_pages(docs) -> None:
    told: list[tuple[int, int]] = []

    update(docs, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_archived_notice_is_hidden_from_the_contents(docs) -> None:
    update(docs, replace(NOTICE, archived=date(2024, 1, 1)))

    title = "Campaign email sending infrastructure upgrade"
    assert f"  + {{hide-from-toc}} [{title}]({PAGE})\n" in read(docs, "en/TOC.md")


@pytest.mark.parametrize(
    ("locale", "folders", "found"),
    [
        ("it", ("it", "it-IT"), "it"),
        ("it", ("IT", "it_IT"), "IT"),
        ("it", ("it-CH", "images", "docs"), "it"),
        ("it", ("iT-it",), "iT-it"),
        ("pt-BR", ("pt-br", "pt-PT"), "pt-br"),
        ("pt-BR", ("pt",), "pt"),
        ("en", ("en-GB",), "en"),
        ("zh-Hans", ("zh-hans", "zh-CN"), "zh-hans"),
        ("zh-Hans", ("zh_CN", "zh-TW"), "zh_CN"),
        ("zh-Hant", ("zh-tw", "zh-HK"), "zh-tw"),
        ("nl", ("nl-NL",), "nl-NL"),
    ],
)
def test_the_folder_of_a_locale_is_the_nearest_that_means_it(
    locale, folders, found, tmp_path
) -> None:
    for name in folders:
        (tmp_path / name).mkdir()

    update(tmp_path, replace(NOTICE, locales=(locale,)))

    assert (tmp_path / found / PAGE).is_file()


def test_a_folder_of_another_locale_is_no_second_one(tmp_path) -> None:
    (tmp_path / "zh-CN").mkdir()

    update(tmp_path, replace(NOTICE, locales=("zh-Hans", "zh-CN", "zh-TW")))

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "zh-CN",
        "zh-Hans",
        "zh-TW",
    ]


@pytest.mark.parametrize("names", [("it-IT", "it-it"), ("it_IT", "it-Latn")])
def test_two_folders_for_one_locale_are_a_problem(names, tmp_path) -> None:
    for name in names:
        (tmp_path / name).mkdir()

    found = problems(tmp_path, replace(NOTICE, locales=("it",)))

    assert found == [f"{tmp_path} publish/locale-folders"]


def damage_page(docs: Path) -> None:
    (docs / "en" / PAGE).write_text("---\ntitle: [A\n---\n")


def damage_text(docs: Path) -> None:
    (docs / "en" / PAGE).write_bytes(b"---\ntitle: caf\xe9\n---\n")


def lead_out(docs: Path) -> None:
    outside = docs.parent / "outside.md"
    (docs / "en" / PAGE).rename(outside)
    (docs / "en" / PAGE).symlink_to(outside)


def lead_out_by_a_folder(docs: Path) -> None:
    (docs / "en" / "technotes").rename(docs.parent / "elsewhere")
    (docs / "en" / "technotes").symlink_to(docs.parent / "elsewhere")


def lead_nowhere(docs: Path) -> None:
    (docs / "en" / PAGE).unlink()
    (docs / "en" / PAGE).symlink_to("nowhere.md")


def lead_into_git(docs: Path) -> None:
    (docs / "en" / "TOC.md").unlink()
    (docs / "en" / "TOC.md").symlink_to("../.git/config")


def lead_round(docs: Path) -> None:
    (docs / "en" / "TOC.md").unlink()
    (docs / "en" / "TOC.md").symlink_to("TOC.md")


def put_a_folder(docs: Path) -> None:
    (docs / "en" / "TOC.md").unlink()
    (docs / "en" / "TOC.md").mkdir()


def put_a_file_for_a_folder(docs: Path) -> None:
    (docs / "zh-TW" / "technotes").write_text("")


def put_a_pipe(docs: Path) -> None:
    (docs / "en" / "TOC.md").unlink()
    os.mkfifo(docs / "en" / "TOC.md")


def swell(docs: Path) -> None:
    (docs / "en" / "TOC.md").write_bytes(b"+ [A](a.md)\n" * 200_000)


def share(docs: Path) -> None:
    (docs / "it_IT" / "TOC.md").unlink()
    (docs / "it_IT" / "TOC.md").symlink_to("../en/TOC.md")


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (damage_page, f"en/{PAGE}:2:8 yaml/syntax"),
        (damage_text, f"en/{PAGE}:2 publish/not-utf8"),
        (lead_out, f"en/{PAGE} publish/unreadable"),
        (lead_out_by_a_folder, f"en/{PAGE} publish/unreadable"),
        (lead_nowhere, f"en/{PAGE} publish/unreadable"),
        (lead_into_git, "en/TOC.md publish/unreadable"),
        (lead_round, "en/TOC.md publish/unreadable"),
        (put_a_folder, "en/TOC.md publish/unreadable"),
        (put_a_file_for_a_folder, f"zh-TW/{PAGE} publish/unreadable"),
        (put_a_pipe, "en/TOC.md publish/unreadable"),
        (swell, "en/TOC.md publish/too-large"),
        (share, "it_IT/TOC.md publish/same-path"),
    ],
)
def test_a_file_that_cannot_be_updated_keeps_all_from_being_written(
    damage, found, docs
) -> None:
    damage(docs)

    assert problems(docs) == [found]


def test_all_problems_are_told_at_once(docs) -> None:
    damage_page(docs)
    put_a_folder(docs)
    (docs / "it_IT" / PAGE).write_text("# Another page {#other}\n")

    assert problems(docs) == [
        "en/TOC.md publish/unreadable",
        f"en/{PAGE}:2:8 yaml/syntax",
        f"it_IT/{PAGE} publish/other-page",
    ]


def test_a_page_of_another_identity_is_not_overwritten(docs) -> None:
    text = TREE[f"en/{PAGE}"].replace(IDENTITY, "0fe3")
    (docs / "en" / PAGE).write_text(text)

    assert problems(docs) == [f"en/{PAGE}:5:9 publish/exl-id"]


def test_a_link_inside_the_checkout_is_followed_and_stays(docs) -> None:
    (docs / "en" / PAGE).rename(docs / "en" / "real.md")
    (docs / "en" / PAGE).symlink_to(docs / "en" / "real.md")

    assert update(docs).problems == ()

    assert (docs / "en" / PAGE).is_symlink()
    assert body(read(docs, "en/real.md")) == body(SAMPLE_OF["en"])


def test_a_page_that_was_renamed_is_told(docs) -> None:
    (docs / "it_IT" / PAGE).rename(docs / "it_IT" / "old.md")

    (problem,) = update(docs).problems

    assert str(problem).replace(f"{docs}/", "") == (
        f"it_IT/old.md: warning: it has the exl-id {IDENTITY!r}, as {PAGE!r} has "
        "[publish/moved-page]\n    hint: if the page was renamed, remove this one, and "
        f"add 'old.md,{PAGE}' to redirects.csv"
    )


def test_what_cannot_be_written_is_named_and_no_file_is_replaced(tmp_path) -> None:
    first, blocked = tmp_path / "first.md", tmp_path / "file" / "second.md"
    first.write_text("old")
    blocked.parent.write_text("no folder")

    with pytest.raises(OSError, match="exists") as caught:
        replace_files([(first, b"new"), (blocked, b"new")])

    assert caught.value.filename == str(blocked)
    assert first.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "first.md"]
