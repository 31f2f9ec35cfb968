"""A notice folder that would run scripts and send requests wherever it is let to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from notifier.resources import resource_folder

SCRIPT = "<script>top.__ran = 1</script>"
IMAGE = '<img src="https://evil.example/x.png" onerror="top.__ran = 2">'
LINK = "<a href='javascript:top.__ran = 3' ping=//evil.example>x</a>"
FRAME = '<iframe srcdoc="<script>top.__ran = 4</script>"></iframe>'
ALL = f"{SCRIPT} {IMAGE} {LINK} {FRAME}"
_LAYOUT = f"""<!DOCTYPE html>
<html lang="{{{{ lang }}}}"><head><title>x</title>
<link rel="stylesheet" href="https://evil.example/x.css">
<style>@import "https://evil.example/y.css";
body {{ background: url(//evil.example/z) }}</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/">
{SCRIPT}</head><body onload="top.__ran = 8">{ALL}
<form action="https://evil.example/" id="f">
<input autofocus onfocus="f.submit()"></form>
<a id="out" href="https://evil.example/" target="_top">out</a>
{{{{ body }}}} {{{{ footer }}}} {{{{ preheader }}}} {{{{ logo_alt }}}}</body></html>
"""
_TITLE = "Campaign email sending infrastructure upgrade"


def write_hostile(folder: Path) -> Path:
    """Write a hostile notice, made of the sample, into *folder*; return the folder."""
    shutil.copytree(resource_folder("examples") / "email-infrastructure", folder)
    facts = folder / "notice.yaml"
    text = facts.read_text("utf-8")
    text = re.sub(r"^locales:.*$", "locales: [en, ar]", text, flags=re.MULTILINE)
    text = text.replace(_TITLE, "Upgrade " + _quoted(SCRIPT + IMAGE))
    # Markdown takes no HTML, but code may hold it.
    text = text.replace("To keep your", f"`{ALL}` To keep your")
    text = text.replace("fallback: forbid", "fallback: warn")
    for name in ("Classic Managed", "Adobe Customer Care", "During the window"):
        text = text.replace(name, f"{name} {_quoted(ALL)}")
    facts.write_text(text, "utf-8")
    _spoil(
        folder / "waves.yaml", r"(label: )(.*)", rf"\1'\2 {ALL.replace(chr(39), '')}'"
    )
    _spoil(
        folder / "customers.csv",
        r"^(?!customer)(\w+),([^,\n]+)",
        rf"\1,\2 {_quoted(SCRIPT)}",
    )
    _spoil(folder / "contacts.csv", r"^(aurora,)(\w+)", rf"\1{_quoted(SCRIPT)}\2")
    (folder / "templates" / "layouts").mkdir(parents=True)
    for layout in ("mail", "page"):
        file = folder / "templates" / "layouts" / f"{layout}.html.j2"
        file.write_text(_LAYOUT, "utf-8")
    for name in ("<img src=x onerror=top.__ran=5>.md.j2", "<script>top.__ran=6<.md.j2"):
        (folder / "templates" / name).write_text("{{", "utf-8")
    (folder / "locales" / "<script>top.__ran=7<").mkdir()
    (folder / "broken.txt").write_text(
        f"notice: x\nkind: {ALL}\n{SCRIPT}: 1\n", "utf-8"
    )
    return folder


def _quoted(text: str) -> str:
    """Return *text* so that it can stand anywhere in a line of YAML or CSV."""
    return text.replace(": ", ":").replace(",", "").replace('"', "")


def _spoil(file: Path, wanted: str, instead: str) -> None:
    text = file.read_text("utf-8")
    file.write_text(re.sub(wanted, instead, text, flags=re.MULTILINE), "utf-8")
