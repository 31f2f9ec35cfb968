"""What a mutation is, the notices that are mutated, and all that they become.

A mutation is one that an author cannot mean. What may be meant is none: another valid
support page for all languages, another name of a customer, an instance that moves to
another wave, a template without a sentence that is no fact.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notices import NOW, SAMPLE

from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.emails import write_emails
from notifier.outputs.jobs import RenderRequest
from notifier.outputs.mail.due import EmailRequest
from notifier.outputs.publish import publish

# Each with one contact who reads the second language, or English.
CUSTOMERS = ("aurora", "harbor", "sakura", "oasis", "sol")
IN_ENGLISH = ("harbor", "sol")
_QUESTION = "Do I need to make room?"
_ANSWER = (
    "Keep at least 20 GB free by {date:2024-03-01}, 22:00 UTC. The copy takes "
    "{duration:90 minutes}: run `df -h` first, and read **both** [release notes]"
    "(https://experienceleague.adobe.com/docs/campaign.html). Ask {link:support}."
)
_TRANSLATED = {
    "it": (
        "Occorre liberare spazio?",
        "Tenere liberi almeno 20 GB entro il {date:2024-03-01}, ore 22:00 UTC. La "
        "copia richiede {duration:90 minutes}: eseguire prima `df -h` e leggere "
        "**entrambe** le [note di rilascio](https://experienceleague.adobe.com/docs/"
        "campaign.html). Contattare: {link:support}.",
    ),
    "de": (
        "Muss ich Platz schaffen?",
        "Halten Sie bis {date:2024-03-01}, 22:00 UTC, mindestens 20 GB frei. Die "
        "Kopie dauert {duration:90 minutes}: Führen Sie zuerst `df -h` aus, und lesen "
        "Sie **beide** [Versionshinweise](https://experienceleague.adobe.com/docs/"
        "campaign.html). Fragen Sie: {link:support}.",
    ),
    "ja": (
        "空き容量を確保する必要はありますか？",
        "{date:2024-03-01} 22:00（UTC）までに、20 GB 以上の空き容量を確保してください。"
        "コピーの所要時間は{duration:90 minutes}です。先に `df -h` を実行し、"
        "**両方**の[リリースノート](https://experienceleague.adobe.com/docs/"
        "campaign.html)をお読みください。お問い合わせ先：{link:support}。",
    ),
}
LANGUAGES = tuple(_TRANSLATED)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A single change: *change* makes it, and returns what was made of an evidence.

    *sort* says which rules fit, see `test_mutations.py`.
    """

    sort: str
    name: str
    change: Callable[[Any], Any]


def pair_sample(target, lang, *, is_lean=False):
    """Write the sample in English and *lang*, with a question that has placeholders.

    It has a few customers, or none and only one wave if it *is_lean*.
    """
    shutil.copytree(SAMPLE, target)
    for folder in (target / "locales").iterdir():
        if folder.is_dir() and folder.name not in ("en", lang):
            shutil.rmtree(folder)
    text = (target / "notice.yaml").read_text("utf-8")
    text = re.sub(r"locales: \[.*\]", f"locales: [en, {lang}]", text)
    question = f'faq: [{{question: "{_QUESTION}", answer: "{_ANSWER}"}}, '
    text = text.replace("faq: [", question, 1)
    if is_lean:
        text += "expected: {at_most: 1 hour}\n"
        waves = (target / "waves.yaml").read_text("utf-8")
        head, _, others = waves.partition("  - id: staging-9")
        _, mark, first = others.partition("  - id: production-1")
        waves = f"{head}{mark}{first.partition('  - id: production-2')[0]}"
        waves = waves.replace("starts: 2024-01", "starts: 2024-03")
        (target / "waves.yaml").write_text(waves, "utf-8")
    (target / "notice.yaml").write_text(text, "utf-8")
    path = target / "locales" / lang / "LC_MESSAGES" / "notice.po"
    with path.open("a", encoding="utf-8") as file:
        texts = zip((_QUESTION, _ANSWER), _TRANSLATED[lang], strict=True)
        file.writelines(f'\nmsgid "{old}"\nmsgstr "{new}"\n' for old, new in texts)
    for name in ("customers", "instances", "contacts"):
        if is_lean:
            (target / f"{name}.csv").unlink()
        else:
            _few(target / f"{name}.csv", lang)
    return target


def _few(path, lang):
    """Keep the rows of CUSTOMERS, and their contacts in two languages."""
    head, *rows = path.read_text("utf-8").splitlines()
    kept = []
    for row in rows:
        cells = row.split(",")
        is_ours = any(cells[place] in CUSTOMERS for place in (0, 1))
        if path.stem == "contacts" and is_ours:
            cells[3] = "en" if cells[0] in IN_ENGLISH else lang
        kept += [",".join(cells)] * is_ours
    path.write_text("\n".join([head, *kept, ""]), "utf-8")


def all_outputs(folder, target):
    """Return all bytes that the commands make of *folder*, by path."""
    notice, _ = read_notice(folder)
    publish([notice], now=NOW, output=target / "site")
    rendering = render_documents(notice, RenderRequest(), now=NOW)
    made = {str(each.path): each.text.encode() for each in rendering.files}
    if notice.contacts:
        write_emails(notice, EmailRequest(), now=NOW, output=target / "mail")
    files = (path for path in target.rglob("*") if path.is_file())
    made |= {path.relative_to(target).as_posix(): path.read_bytes() for path in files}
    shutil.rmtree(target)
    return made


def replaced(name, old, new, nth=0):
    """Return a change that replaces the *nth* of what stands in a file of a folder."""

    def change(folder):
        path = folder / name
        text = path.read_text("utf-8")
        pieces = text.split(old)
        assert len(pieces) > nth + 1, f"{old!r} does not stand in {name}"
        head, tail = old.join(pieces[: nth + 1]), old.join(pieces[nth + 1 :])
        path.write_text(f"{head}{new}{tail}", "utf-8")

    return change


def appended(name, text):
    """Return a change that adds *text* to a file of a folder."""

    def change(folder):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change
