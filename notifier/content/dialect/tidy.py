"""Put the last hand to a document in the dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.scripts import is_punctuation

_FENCE = re.compile(r"(?:[ >]|[*+-](?= )|\d{1,9}[.)](?= ))*(`{3,}|~{3,})")
_STARS = re.compile(r"\\.|(`++)(?:.+?(?<!`)\1(?!`))?|\*\*(?!\*)|&#x200B;")
_ZERO_WIDTH = "&#x200B;"


def tidy(markdown: str) -> str:
    """Return *markdown* with single blank lines, bare line ends, one last newline.

    A zero-width space parts a bold edge of punctuation from the letter or sign beside
    it, where CommonMark would not see the bold (rule of flanking delimiters); that
    happens where no blank stands between them, in Chinese, Japanese and Korean. Fenced
    code stays as it is.
    """
    lines: list[str] = []
    for line, is_code in code_lines(markdown.replace("\r\n", "\n")):
        if is_code:
            lines.append(line)
            continue
        bare = line.rstrip()
        if bare or (lines and lines[-1]):
            lines.append(_part_bold(bare))
    return "\n".join(lines).strip("\n") + "\n"


def code_lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of *markdown*, and whether it belongs to fenced code."""
    fence = ""
    for line in markdown.split("\n"):
        opening = _FENCE.match(line)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
        yield line, bool(fence)


def _part_bold(line: str) -> str:
    if "**" not in line:
        return line
    found: list[str] = []
    at = 0
    is_open = False
    for match in _STARS.finditer(line):
        if match[0] != "**":
            continue
        start, end = match.span()
        before, after = line[max(start - 1, 0) : start], line[end : end + 1]
        found.append(line[at:start])
        if is_open:
            parted = is_punctuation(before) and _is_word(after)
            found.append("**" + _ZERO_WIDTH * parted)
        else:
            parted = _is_word(before) and is_punctuation(after)
            found.append(_ZERO_WIDTH * parted + "**")
        at = end
        is_open = not is_open
    return "".join([*found, line[at:]])


def _is_word(character: str) -> bool:
    """Tell whether *character* is neither blank nor punctuation to CommonMark."""
    return bool(character.strip()) and not is_punctuation(character)
