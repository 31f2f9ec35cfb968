"""Make the page of a notice as it will stand on the web, pictures and all."""

from __future__ import annotations

from pathlib import PurePosixPath

from notifier.content.compiler import Compiler
from notifier.outputs.pages.docs_tree import page_path
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.site import notice_files
from notifier.planning.status import last_updated, notice_status
from notifier.preview.case import Case, Pictures

_PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def web_page(case: Case, compiler: Compiler, lang: str) -> tuple[str, Pictures]:
    """Return the page in a locale, and the pictures beside it by name.

    Raises:
        NotifierError: a template fails; the problem names its file and line.
    """
    notice, plan = case.notice, case.plan
    publication = Publication(
        notice,
        plan,
        compiler,
        notice_status(notice, plan),
        last_updated(notice),
        {lang: compiler.wording(lang, lang)},
    )
    pages = {str(page_path(notice)): f"../{notice.id}/index.html"}
    files = dict(notice_files(publication, lang, pages))
    kinds = {name: _PICTURES.get(PurePosixPath(name).suffix.lower()) for name in files}
    pictures = {name: (kind, files[name]) for name, kind in kinds.items() if kind}
    return files["index.html"].decode(), pictures
