"""Both languages say the same things."""

import string

import pytest

from crmkit.errors import CrmkitError
from crmkit.words import (
    LANGUAGES,
    glossary,
    in_language,
    language,
    reader_language,
    t,
    use_language,
)


def slots(sentence: str) -> set[str]:
    """What a sentence speaks of; money comes as ``x`` in CNY or ``x_wan`` in 万元."""
    names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
    return {name.removesuffix("_wan") for name in names}


@pytest.mark.parametrize("key", sorted(glossary()))
def test_an_entry_has_both_languages_with_the_same_slots(key: str):
    entry = glossary()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(text.strip() for text in entry.values())
    assert slots(entry["zh"]) == slots(entry["en"])


@pytest.mark.parametrize("key", sorted(glossary()))
def test_english_is_english_and_advice_belongs_to_something(key: str):
    english = glossary()[key]["en"].replace("中文", "")  # the other language's own name
    assert not any("一" <= c <= "鿿" for c in english)
    if key.endswith("_next"):
        assert key.removesuffix("_next") in glossary()


def test_the_language_inside_a_block_ends_with_it():
    use_language("zh")
    with in_language("en"):
        assert language() == "en"
    assert language() == "zh"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"CRMKIT_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C"}, "zh"),
        ({"CRMKIT_LANG": "fr", "LANG": "zh_TW.UTF-8"}, "zh"),
    ],
)
def test_the_reader_s_language(monkeypatch, environment: dict[str, str], expected: str):
    for name in ("CRMKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert reader_language() == expected


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh, en"):
        use_language("fr")


def test_an_error_says_where_what_and_what_next():
    with in_language("zh"):
        message = str(CrmkitError("book.not_found", where="台账.xlsx"))
    assert message == "台账.xlsx：找不到这个文件或文件夹。请检查名称和所在位置。"
    with in_language("en"):
        assert t("words.and_more", count=2) == "and 2 more"
