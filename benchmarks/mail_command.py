"""Run `notifier emails` for 20,000 contacts: against bare joining, and mailmerge.

All are measured in processor time, in turns, on one core. mailmerge gets an environment
of its own beside ours, from the package index, at the first run.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mail_fleet import NOW, write_fleet
from mail_messages import Bare, Opened, postings, template, variable
from stopwatch import Row, at_least, on_one_core

from notifier.outputs.mail.outbox import Posting

CONTACTS, MANY = 20_000, 200_000
FLOOR, RIVAL, MEGABYTES = 0.4, 40.0, 30.0
# One message of so many is made barely: all pairs of locale and zone are among them.
EVERY, ROUNDS = 11, 3
# Linux charges a command with the memory of the process that starts it, so a small one
# does.
_METER = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_TEMPLATE = """\
TO: {{{{to}}}}
SUBJECT: An upgrade for {{{{customer_name}}}}
FROM: Operations <operations@notices.example.com>
ATTACHMENT: maintenance.ics
ATTACHMENT: invite.ics
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="boundary"

--boundary
Content-Type: text/plain; charset=utf-8

{text}
--boundary
Content-Type: text/html; charset=utf-8

{page}
--boundary
Content-Type: text/calendar; charset=utf-8; method=PUBLISH

{calendar}
--boundary--
"""
# Two runs of mailmerge, whose difference leaves out its start.
FEW, MORE = 20, 120
MAILMERGE = "mailmerge==2.3.0"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: processor seconds, and megabytes at its peak."""

    seconds: float
    megabytes: float


def measure() -> list[Row]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    with tempfile.TemporaryDirectory() as name, on_one_core():
        folder = Path(name)
        fleet = write_fleet(folder / "fleet", contacts=CONTACTS)
        return [*_speed(folder, fleet), _growth(folder, fleet)]


def _speed(folder: Path, fleet: Path) -> list[Row]:
    posted = postings(fleet, every=EVERY)
    opened = {id(each.message): Opened(each.message) for each in posted}
    bare = [Bare(each, opened[id(each.message)]) for each in posted]
    rival = folder / "mailmerge"
    program = _prepare_mailmerge(rival, posted)
    times: dict[str, list[float]] = {"ours": [], "bare": [], "mailmerge": []}
    for _ in range(ROUNDS):
        times["ours"].append(_emails(fleet, folder).seconds / CONTACTS)
        times["bare"].append(_write_bare(bare, folder / "bare.mbox") / len(bare))
        few, more = (_mailmerge(program, rival, n).seconds for n in (FEW, MORE))
        times["mailmerge"].append((more - few) / (MORE - FEW))
    ours, floor, stack = (statistics.median(each) for each in times.values())
    told = f"emails, {CONTACTS:,} contacts to mbox ({1 / ours:,.0f}/s)"
    return [
        at_least(f"{told} : bare joining", floor / ours, FLOOR),
        at_least(f"{told} : mailmerge", stack / ours, RIVAL),
    ]


def _growth(folder: Path, fleet: Path) -> Row:
    small = _emails(fleet, folder).megabytes
    large_fleet = write_fleet(folder / "large", contacts=MANY)
    grown = _emails(large_fleet, folder).megabytes - small
    what = f"emails, memory of {MANY:,} contacts - {CONTACTS:,} ({small:.0f} MB)"
    return what, f"{grown:.0f} MB", f"at most {MEGABYTES:.0f} MB", grown <= MEGABYTES


def _emails(fleet: Path, folder: Path) -> Spent:
    notifier = str(Path(sys.executable).with_name("notifier"))
    out = ("--to", "mbox", "-o", str(folder / "out"))
    return _run((notifier, "emails", str(fleet), "--now", NOW.isoformat(), *out))


def _run(command: Sequence[str], folder: Path | None = None) -> Spent:
    meter = (sys.executable, "-S", "-c", _METER, *command)
    told = subprocess.run(meter, cwd=folder, capture_output=True, text=True)
    if told.returncode:
        raise SystemExit(told.stderr[-2000:])
    seconds, memory = map(float, told.stdout.split())
    return Spent(seconds, memory / (2**20 if sys.platform == "darwin" else 2**10))


def _write_bare(bare: Sequence[Bare], path: Path) -> float:
    start = time.process_time()
    with path.open("wb") as file:
        for each in bare:
            file.write(each.make())
    return time.process_time() - start


def _prepare_mailmerge(folder: Path, posted: Sequence[Posting]) -> Path:
    """Write our content as mailmerge reads it; return the program."""
    environment = Path(sys.prefix) / "mailmerge"
    program = environment / "bin" / "mailmerge"
    if not program.exists():
        venv.create(environment, clear=True, with_pip=True)
        pip = (str(program.with_name("python")), "-m", "pip", "install", "--quiet")
        subprocess.run((*pip, MAILMERGE), check=True)
    folder.mkdir()
    opened = Opened(posted[0].message)
    calendar = _calendar(posted[0])
    parts = {
        "text": template(opened.text),
        "page": template(opened.page),
        "calendar": calendar,
    }
    written = {
        "template.txt": _TEMPLATE.format(**parts).replace("\r\n", "\n"),
        "server.conf": "[smtp_server]\nhost = localhost\nport = 25\n",
        **dict.fromkeys(("maintenance.ics", "invite.ics"), calendar),
    }
    for name, text in written.items():
        (folder / name).write_text(text, "utf-8")
    people = [{"to": each.to.email, **each.to.values} for each in posted[:MORE]]
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL)
        rows.writerow(map(variable, people[0]))
        rows.writerows(each.values() for each in people)
    return program


def _calendar(posting: Posting) -> str:
    to, form = posting.to, posting.message.machine
    return form.fill(to.customer, to.instances).decode() if form else ""


def _mailmerge(program: Path, folder: Path, messages: int) -> Spent:
    files = ("--template", "template.txt", "--database", "people.csv")
    how = ("--dry-run", "--output-format", "raw", "--limit", str(messages))
    return _run((str(program), *files, "--config", "server.conf", *how), folder=folder)


if __name__ == "__main__":
    for row in measure():
        print(*row)
