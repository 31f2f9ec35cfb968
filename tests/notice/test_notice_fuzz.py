"""Whatever the files hold, there is a notice or there are located problems, soon."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notice_folders import FULL, NOTICE, problems_of

from notifier.notice.rules import RULES
from notifier.resources import resource_folder

pytestmark = pytest.mark.slow

SAMPLE = {
    path.name: path.read_text("utf-8")
    for path in (resource_folder("examples") / "email-infrastructure").iterdir()
    if path.is_file()
}
PIECES = [
    *"[]{},:?&*!|>'\"%@`#-\n\t ~<=\\\r\0\x85\u2028\ufeff\u202eé",
    *("\n- ", ": ", "\n  ", "---\n", "...\n", "!!str ", "&a ", "*a", "<<: ", "key"),
    *("locales: ", "page:\n", "2024-02", "null", "title: ", "waves:\n", '"\\ud800"'),
]
MEGABYTES = 5_000_000
LARGE = {
    "brackets": "[",
    "braces": "{",
    "dashes": "- ",
    "questions": "? ",
    "equal keys": "a: b\n",
    "aliases in a list": "*a,",
    "anchors in a list": "&a a,",
    "tags in a list": "!!str a,",
    "pairs in a list": "a: b,",
    "mappings in a list": "{},",
    "words in a list": "x,",
    "blanks": " ",
    "letters": "a",
    "quotes": '"',
    "control characters": "\x01",
}


def look(files: dict[str, str | bytes], *, seconds: float = 2) -> None:
    """Read the folder of *files*; check that it ends well and in time."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "folder"
        folder.mkdir()
        for name, text in files.items():
            data = (
                text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            )
            (folder / name).write_bytes(data)
        begin = time.process_time()
        problems = problems_of(folder)
        took = time.process_time() - begin
    assert took < seconds
    for problem in problems:
        assert problem.place is not None
        assert problem.place.path in {*FULL, "../notifier.yaml"}
        assert problem.rule in RULES
        assert len(problem.message) < 400


@pytest.mark.parametrize("name", ["notice.yaml", "waves.yaml", "../notifier.yaml"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_yaml_ends_in_located_problems(name: str, pieces: list[str]) -> None:
    look({"notice.yaml": NOTICE, name: "".join(pieces)})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_sample_spoilt_anywhere_ends_in_located_problems(
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(sorted(SAMPLE)))
    text = SAMPLE[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    piece = data.draw(st.sampled_from(PIECES))

    look({**SAMPLE, name: text[:start] + piece + text[end:]})


@pytest.mark.parametrize("name", ["customers.csv", "instances.csv", "contacts.csv"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.text(alphabet=',;\t"\n\r ab@.\0=?é', max_size=80))
def test_any_table_ends_in_located_problems(name: str, rows: str) -> None:
    look({**FULL, name: FULL[name] + rows})
    look({**FULL, name: rows})


@settings(max_examples=40)
@given(name=st.sampled_from(sorted(FULL)), data=st.binary(max_size=200))
def test_any_bytes_end_in_located_problems(name: str, data: bytes) -> None:
    look({**FULL, name: data})


@pytest.mark.parametrize("kind", LARGE)
@pytest.mark.parametrize("start", ["", "audience: [", "reason: "])
def test_five_megabytes_of_anything_take_under_two_seconds(
    kind: str, start: str
) -> None:
    piece = LARGE[kind]
    text = start + piece * ((MEGABYTES - len(start) - 1) // len(piece))

    look({"notice.yaml": text})
    look({"notice.yaml": text + "]"})


@pytest.mark.parametrize("item", ["x", "{name: x}", "{nam: x}", "{name: '<b'}", "[]"])
def test_long_lists_take_under_two_seconds(item: str) -> None:
    look({"notice.yaml": f"{NOTICE}audience: [{(item + ', ') * 33_000}]\n"})


@pytest.mark.parametrize(
    "row",
    [
        *("x,y,z\n", "acme,Ada,a@b\n", "acme,Ada,a@example.com\n", ",,\n", "a,b\n"),
        *('"\n', "\x01\n", "acmee,Ada,{}@example.com\n", "\n"),
    ],
)
def test_large_spoilt_tables_end_soon(row: str) -> None:
    rows = "".join(row.replace("{}", f"a{number}") for number in range(200_001))

    look({**FULL, "contacts.csv": "customer,name,email\n" + rows}, seconds=6)
