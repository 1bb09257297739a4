"""The conversation on the screen, driven as a person drives it."""

import pytest

from crmkit.book.book import ClientBook
from crmkit.branch.simulate import make_book
from crmkit.course.scripts import dialogues
from crmkit.widgets.conversation import Conversation
from crmkit.words import LANGUAGES, in_language


@pytest.fixture(scope="module")
def book() -> ClientBook:
    return make_book(n=300, seed=1, as_of="2026-06-30", months=13)


def press(talk: Conversation, kind: str) -> None:
    place = [name for name, _ in talk.scene.options()].index(kind)
    talk.replies.children[place].click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_is_won_with_buttons(book: ClientBook, language: str):
    with in_language(language):
        talk = Conversation(book, 1)
        for _ in range(4):
            assert len(talk.replies.children) == 4
            press(talk, "good")
        assert talk.scene.ending == "kept"
        assert not talk.replies.children and talk.entry.layout.display == "none"
        assert ("得分 100" if language == "zh" else "Score 100") in talk.talk.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_are_sent_with_enter_and_a_breach_ends_it_with_the_reason(book, language: str):
    with in_language(language):
        talk = Conversation(book, 1, "o04")
        talk.words.value = "保证年底赚回来，亏了我赔您"
        assert talk.scene.ending == "stopped" and not talk.words.value
        assert "crm-stop" in talk.talk.value
        talk.again.click()
        assert not talk.scene.replies and len(talk.replies.children) == 4


def test_another_conversation_begins_when_it_is_chosen(book: ClientBook):
    talk = Conversation(book, 1)
    press(talk, "medium")
    talk.which.value = "o05"
    assert talk.scene.dialogue.id == "o05" and not talk.scene.replies
    assert len(talk.which.options) == len(dialogues())


def test_the_figures_at_hand_are_those_in_the_replies(book: ClientBook):
    talk = Conversation(book, 1)
    press(talk, "good")
    slots = talk.scene.figures.slots()
    assert slots["fee"] in talk.at_hand.value and slots["traded"] in talk.at_hand.value
    assert any(slots["fee"] in button.description for button in talk.replies.children)


def test_what_a_person_writes_is_shown_and_never_run(book: ClientBook):
    talk = Conversation(book, 1)
    talk.words.value = "<script>alert(1)</script> 我明白"
    assert "<script>" not in talk.talk.value and "&lt;script&gt;" in talk.talk.value


def test_a_failure_ends_in_a_sentence(book: ClientBook, monkeypatch, tmp_path):
    monkeypatch.setenv("CRMKIT_PROGRESS", str(tmp_path))
    talk = Conversation(book, 1)
    talk.seed = "not a seed"
    talk.again.click()
    assert talk.problem.value and "Traceback" not in talk.problem.value
    assert talk.replies.children


def test_it_can_be_read_where_nothing_runs(book: ClientBook):
    talk = Conversation(book, 1)
    still = talk._repr_mimebundle_()
    assert still["text/plain"] == "Conversation"
    assert "crm-bubble" in still["text/html"] and "<li>" in still["text/html"]
