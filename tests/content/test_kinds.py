"""Every kind says the same things, each in whole sentences of its own."""

import re

import pytest

from notifier.model.notice import Kind
from notifier.resources import resource_folder

MACROS = resource_folder("templates") / "macros"


def signature(kind):
    text = (MACROS / f"{kind}.md.j2").read_text("utf-8")
    macros = re.split(r"\{% macro ", text)[1:]
    return {
        macro.split(" -%}")[0]: sorted(re.findall(r"\{\{ (\w+) \}\}", macro))
        for macro in macros
    }


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_the_same_macros_with_the_same_placeholders(kind):
    assert signature(kind) == signature(Kind.UPGRADE)
