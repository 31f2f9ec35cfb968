"""What a language is called."""

from __future__ import annotations

import pytest

from notifier.language.names import native_name, open_graph_locale


@pytest.mark.parametrize(
    ("tag", "name", "graph"),
    [
        ("en", "English", "en_US"),
        ("it", "Italiano", "it_IT"),
        ("pt-BR", "Português (Brasil)", "pt_BR"),
        ("pl", "Polski", "pl_PL"),
        ("ja", "日本語", "ja_JP"),
        ("zh-Hans", "简体中文", "zh_CN"),
        ("zh-Hant", "繁體中文", "zh_TW"),
        ("ar", "العربية", "ar_EG"),
    ],
    ids=lambda value: value if value.isascii() else "",
)
def test_a_language_has_its_own_name_and_one_for_machines(tag, name, graph):
    assert (native_name(tag), open_graph_locale(tag)) == (name, graph)
