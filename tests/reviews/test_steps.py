"""Whether two next steps say the same."""

from app.reviews.steps import alike


def test_alike_is_what_may_have_been_reworded():
    assert alike("Translate the deck", "Translate the deck into French")
    assert alike("拜访三个最大的客户", "拜访四个最大的客户")
    assert not alike("Translate the deck", "Drop the reminder")
