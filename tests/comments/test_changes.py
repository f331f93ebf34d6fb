"""What happens to a reaction, and to a rating, is announced once."""

import pytest

from articles import changes as article_changes
from articles import voting
from articles.models import Rating
from comments import changes, moderation, posting
from tests.factories import make_article, make_author, make_comment


@pytest.fixture
def heard():
    """Return the names of the announcements, in order."""
    said, connected = [], []
    for module, name in (
        (changes, "shown"),
        (changes, "edited"),
        (changes, "hidden"),
        (article_changes, "rated"),
    ):

        def note(name=name, **_):
            said.append(name)

        getattr(module, name).signal.connect(note)
        connected.append((getattr(module, name), note))
    yield said
    for change, note in connected:
        change.signal.disconnect(note)


def test_reaction_is_shown_edited_hidden_and_shown_again(heard, chloe):
    comment = make_comment(make_article(), chloe)
    posting.edit(comment, author=chloe, text="Autrement dit.")
    posting.edit(comment, author=chloe, text="Autrement dit.")
    moderation.hide(comment, actor=None, reason="INSULT")
    moderation.hide(comment, actor=None, reason="INSULT")
    moderation.restore(comment, actor=None, explanation="Une citation.")
    posting.retract(comment, author=chloe)
    assert heard == ["shown", "edited", "hidden", "shown", "hidden"]


def test_same_form_sent_twice_is_one_announcement(heard, chloe):
    article = make_article()
    for _time in range(2):
        posting.post(article=article, author=chloe, text="Une fois.")
    assert heard == ["shown"]


def test_rating_is_announced_when_it_changes_a_number(heard, chloe):
    article = make_article(author=make_author("Zoé"))
    for value in (4, 4, 5):
        voting.cast_rating(article=article, reader=chloe, value=value)
    voting.withdraw_rating(article=article, reader=chloe)
    voting.withdraw_rating(article=article, reader=chloe)
    assert heard == ["rated"] * 3


def test_ratings_that_are_deleted_in_bulk_are_announced(heard, chloe):
    voting.cast_rating(article=make_article(), reader=chloe, value=4)
    Rating.objects.filter(reader=chloe).delete()
    assert heard == ["rated"] * 2
