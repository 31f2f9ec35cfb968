"""Check e-mail addresses, quickly where they are plain."""

from __future__ import annotations

import re

from notifier.notice.faults import BadValue, Fault, quoted

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Every address that this accepts is accepted by email-validator too: no A-labels, no
# special-use top level.
_PLAIN = re.compile(
    rf"(?=[^@]{{1,64}}@)(?![-=]|.*[=]\?){_ATOM}(?:\.{_ATOM})*@(?!.*(?:^|\.|@)..--)"
    rf"(?:{_LABEL}\.)+(?!(?:arpa|invalid|local|localhost|onion|test)\Z)[A-Za-z]{{2,63}}",
    re.I,
)


def check_email(value: str) -> str:
    """Return the one address in *value*, its domain in ASCII (RFC 5321, RFC 5891)."""
    if len(value) <= 200 and _PLAIN.fullmatch(value):
        return value
    if len(value) > 254 or value.startswith("-") or re.search(r'[\s,;"]|=\?', value):
        raise _refused(value)
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(
            value, strict=True, check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError as error:
        reason = str(error).split(". ")[0].rstrip(".")
        raise _refused(value, reason[:1].lower() + reason[1:]) from error
    return checked.ascii_email or value


def _refused(value: str, reason: str = "") -> BadValue:
    message = f"{quoted(value)} is not an e-mail address"
    hint = "write one address, such as 'name@example.com'"
    return BadValue(Fault("email", message, f"{hint}; {reason}" if reason else hint))
