"""The parts of a message in order (RFC 2046 §5.1), with gaps for what is merged."""

from __future__ import annotations

from base64 import encodebytes

from notifier.content.mail_page import LOGO_ID


def skeleton_of(
    mark: str,
    lang: str,
    *,
    encodings: tuple[str, str],
    logo: tuple[str, bytes] | None,
    calendars: tuple[bool, bool],
) -> tuple[bytes | str, ...]:
    """Return the parts in order: alternatives, plainest first, then the attachments."""
    person, machine = calendars
    alternative = f'Content-Type: multipart/alternative;\r\n boundary="a{mark}"\r\n\r\n'
    pieces: list[bytes | str] = [
        f"--m{mark}\r\n{alternative}--a{mark}\r\n".encode(),
        _part_head("text/plain", lang, encodings[0]),
        "text",
        f"\r\n--a{mark}\r\n".encode(),
    ]
    if logo:
        related = 'multipart/related;\r\n type="text/html"'
        head = f'Content-Type: {related};\r\n boundary="r{mark}"\r\n\r\n--r{mark}\r\n'
        pieces.append(head.encode())
    pieces += [_part_head("text/html", lang, encodings[1]), "html"]
    if logo:
        pieces.append(_logo_part(mark, logo))
    if person:
        kind = "text/calendar; charset=utf-8; method=PUBLISH"
        head = f"\r\n--a{mark}\r\nContent-Type: {kind}\r\n"
        pieces += [f"{head}Content-Language: {lang}\r\n".encode(), "invitation"]
    pieces.append(f"\r\n--a{mark}--\r\n".encode())
    if machine:
        pieces += [_attached(mark, "maintenance.ics", ""), "maintenance"]
    if person:
        pieces += [_attached(mark, "invite.ics", "; method=PUBLISH"), "invite"]
    pieces.append(f"\r\n--m{mark}--\r\n".encode())
    return tuple(pieces)


def _part_head(kind: str, lang: str, encoding: str) -> bytes:
    return (
        f"Content-Type: {kind}; charset=utf-8\r\nContent-Language: {lang}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode()


def _logo_part(mark: str, logo: tuple[str, bytes]) -> bytes:
    kind, data = logo
    head = (
        f"\r\n--r{mark}\r\nContent-Type: {kind}\r\nContent-ID: <{LOGO_ID}>\r\n"
        "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    encoded = encodebytes(data).replace(b"\n", b"\r\n")
    return head.encode() + encoded + f"\r\n--r{mark}--\r\n".encode()


def _attached(mark: str, name: str, parameters: str) -> bytes:
    return (
        f"\r\n--m{mark}\r\nContent-Type: text/calendar; charset=utf-8{parameters}\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n'
    ).encode()
