"""Run all benchmarks and print one table of ratios; exit with 1 if a limit breaks.

Seconds depend on the machine; the ratio of two programs in one run hardly does.
"""

from __future__ import annotations

import sys

import check
import help_time
import mail_command
import mail_merge
import publish_site
import read_and_plan
import render_all
from stopwatch import table


def main() -> int:
    """Print the table; return the exit status."""
    found = [module.measure() for module in (help_time, read_and_plan, render_all)]
    found += [*publish_site.measure(), *check.measure()]
    found += [*mail_merge.measure(), *mail_command.measure()]
    rows = [(*row[:3], "" if row[3] else "BROKEN") for row in found]
    print(
        table([("program / yardstick, program : rival", "ratio", "limit", ""), *rows])
    )
    return int(any(not row[3] for row in found))


if __name__ == "__main__":
    sys.exit(main())
