"""Find the folder of each locale in a docs checkout, however it spells the tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from notifier.errors import NotifierError, Place, Problem
from notifier.language.locales import is_same, normalize

RULES = {
    "publish/locale-folders": "a docs checkout has several folders for one locale",
}


def locale_folders(docs: Path, locales: Iterable[str]) -> Mapping[str, str]:
    """Return the name of the folder in *docs* for each of *locales*.

    Letter case, `_`, and what CLDR's likely subtags add make no difference (`it_IT`,
    `zh-tw` for `zh-Hant`); the tag as it is wins. Without a folder, it is the tag.

    Raises:
        NotifierError: several folders suit a locale equally well.
        OSError: *docs* cannot be read.
    """
    names = sorted(path.name for path in docs.iterdir() if path.is_dir())
    tags = {name: tag for name in names if (tag := _tag(name))}
    folders: dict[str, str] = {}
    problems: list[Problem] = []
    wanted = tuple(locales)
    for lang in wanted:
        # The folder of another locale is no second one of this.
        others = {each for each in wanted if each != lang}
        near = [name for name, tag in tags.items() if tag not in others]
        best = _best(lang, near, tags)
        folders[lang] = best[0] if best else lang
        if len(best) > 1:
            problems.append(_several(docs, lang, best))
    if problems:
        raise NotifierError(problems)
    return folders


def _tag(name: str) -> str | None:
    try:
        return normalize(name)
    except ValueError:
        return None


def _best(lang: str, names: Sequence[str], tags: Mapping[str, str]) -> list[str]:
    """Return the names that are the tag, else mean it, else are likely to."""
    exact = [name for name in names if name == lang]
    equal = [name for name in names if tags[name] == normalize(lang)]
    likely = [name for name in names if is_same(lang, name)]
    return exact or equal or likely


def _several(docs: Path, lang: str, names: Sequence[str]) -> Problem:
    shown = " and ".join(repr(name[:80]) for name in names)
    message = f"the folders {shown} are both for the locale {lang!r}"
    hint = f"remove one, or name it {lang!r}"
    return Problem("publish/locale-folders", message, Place(str(docs)), hint)
