"""The question queue: asking, voting, accepting an answer; who may; what drops out; and the page that shows it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.access import can
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.entries.actions import CannotAnswer, comment, remove
from app.extensions import db
from app.feed.rail import due
from app.people.models import Person
from app.reviews import questions
from app.reviews.actions import post_review
from app.reviews.key_points import make_point
from app.reviews.models import Review
from app.reviews.question_models import Question, QuestionVote
from tests.test_access import WHO
from tests.test_pages import count


def review_in(world, space) -> Review:
    review = post_review(space, "Webinars", actor=world.lena, quarter="2026-Q3", channels=["webinar"])
    commit()
    return review


@pytest.fixture
def review(world) -> Review:
    """Lena's, in the open project."""
    return review_in(world, world.space("project", "open"))


@pytest.fixture
def question(world, review) -> Question:
    """Jon's, about the whole of it."""
    asked = questions.ask(review, "Where do the **leads** come from?", actor=world.jon)
    commit()
    return asked


def kinds() -> list[str]:
    return list(db.session.scalars(select(Activity.kind).order_by(Activity.id)))


def reasons(person: Person) -> list[str]:
    return list(db.session.scalars(select(Notification.reason).where(Notification.person_id == person.id)))


def answer_of(world, question: Question):
    return comment(db.session.get(Review, question.comment.thread_id), "From the fair", actor=world.mei,
                   parent=question.comment)


def test_a_question_is_a_comment_and_its_author_is_told_once(world, review, question):
    assert question.comment.thread_id == review.id and question.votes == 0
    assert (review.asked, review.answered, review.comment_count) == (1, 0, 1)
    assert kinds()[-1] == "review.question_asked"
    assert reasons(world.lena).count("question") == 1
    told = select(Notification).join(Activity).where(Activity.entry_id == question.id)
    assert [each.person_id for each in db.session.scalars(told)] == [world.lena.id]


def test_there_is_no_slide_to_ask_about_without_a_deck(world, review):
    with pytest.raises(CannotAnswer):
        questions.ask(review, "And here?", actor=world.jon, page=1)


def test_a_vote_counts_once_and_is_taken_back_once(world, question):
    assert questions.vote(question, actor=world.mei) and not questions.vote(question, actor=world.mei)
    assert questions.vote(question, actor=world.otto) and question.votes == 2
    assert questions.withdraw_vote(question, actor=world.mei) and not questions.withdraw_vote(question, actor=world.mei)
    assert question.votes == 1
    assert kinds()[-3:] == ["review.question_voted", "review.question_voted", "review.vote_withdrawn"]


def test_votes_given_at_once_all_count(app, world, question):
    key, voters = question.id, [world.ada.id, world.lena.id, world.mei.id, world.otto.id]
    db.session.remove()

    def vote(person_id: int) -> None:
        with app.app_context():
            questions.vote(db.session.get(Question, key), actor=db.session.get(Person, person_id))
            commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(vote, voters))
    assert db.session.get(Question, key).votes == len(db.session.scalars(select(QuestionVote)).all()) == 4


def test_an_answer_is_accepted_its_author_told_and_the_question_opened_again(world, review, question):
    answer = answer_of(world, question)
    assert questions.accept(question, answer, actor=world.jon)
    assert not questions.accept(question, answer, actor=world.lena)
    assert (review.asked, review.answered, question.accepted_id) == (1, 1, answer.id)
    assert kinds()[-1] == "review.answer_accepted" and "accepted" in reasons(world.mei)
    assert questions.unaccept(question, actor=world.lena) and not questions.unaccept(question, actor=world.lena)
    assert (review.answered, question.accepted_id, kinds()[-1]) == (0, None, "review.acceptance_withdrawn")


def test_only_a_living_answer_to_the_question_itself_settles_it(world, review, question):
    beside = comment(review, "Beside it", actor=world.mei)
    deeper = comment(review, "Deeper", actor=world.mei, parent=answer_of(world, question))
    gone = remove(answer_of(world, question), actor=world.mei)
    for wrong in (beside, deeper, gone, question.comment, review):
        with pytest.raises(questions.NotAnAnswer):
            questions.accept(question, wrong, actor=world.jon)


def test_what_is_deleted_drops_out(world, review, question):
    answer = answer_of(world, question)
    questions.vote(question, actor=world.mei)
    questions.accept(question, answer, actor=world.jon)
    remove(answer, actor=world.mei)
    assert (review.asked, review.answered, question.accepted_id) == (1, 0, None)
    remove(question.comment, actor=world.jon)
    assert (review.asked, review.answered) == (0, 0)
    assert not db.session.scalars(select(Question)).all() and not db.session.scalars(select(QuestionVote)).all()


def test_who_asked_and_who_is_asked_may_accept_and_nobody_votes_for_themselves(world, question):
    def those_who_may(verb: str) -> set[str]:
        return {who for who in WHO if can(world.person(who), verb, question)}

    assert those_who_may("accept") == {"lena", "jon"}
    assert those_who_may("vote") == {"ada", "lena", "otto", "gus"}


def test_in_a_secret_space_outsiders_learn_nothing(world, browser_of):
    review = review_in(world, world.space("project", "secret"))
    question = questions.ask(review, "Between us?", actor=world.jon)
    answer = answer_of(world, question)
    commit()
    otto = browser_of(world.otto)
    for path in (f"/reviews/{review.id}/questions", f"/questions/{question.id}/vote",
                 f"/questions/{question.id}/accepted", f"/questions/{question.id}/accepted/end"):
        assert otto.post(path, data={"body": "?", "comment_id": answer.id}).status_code == 404, path


def test_the_open_questions_of_my_reviews_are_due(world, review, question):
    questions.ask(review, "And the cost?", actor=world.mei)
    [mine] = [each for each in due(world.lena) if each.questions]
    assert (mine.title, mine.url, mine.questions) == ("Webinars", f"/reviews/{review.id}#questions", 2)
    assert not mine.is_late and not [each for each in due(world.jon) if each.questions]
    questions.accept(question, answer_of(world, question), actor=world.lena)
    assert [each.questions for each in due(world.lena) if each.questions] == [1]


def test_asking_by_form_and_by_htmx(world, browser_of, review):
    jon, path = browser_of(world.jon), f"/reviews/{review.id}/questions"
    answer = jon.post(path, data={"body": "Why webinars?"})
    question = db.session.scalars(select(Question)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/e/{question.id}")
    fragment = jon.post(path, data={"body": "Why not?"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and "Why not?" in fragment.text and "Question</span>" in fragment.text
    assert jon.post(path, data={"body": ""}).status_code == 422
    assert jon.post(path, data={"body": "Here?", "page": 9}).status_code == 400
    assert browser_of(world.gita).post(path, data={"body": "?"}).status_code == 404


def test_voting_by_button(world, browser_of, review, question):
    mei, path = browser_of(world.mei), f"/questions/{question.id}/vote"
    assert mei.post(path).headers["Location"] == f"/reviews/{review.id}#question-{question.id}"
    db.session.expire_all()
    assert question.votes == 1
    again = mei.post(path, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in again.text and "0 votes" in again.text
    assert browser_of(world.jon).post(path).status_code == 403


def test_accepting_by_button(world, browser_of, review, question):
    answer = answer_of(world, question)
    commit()
    lena, path = browser_of(world.lena), f"/questions/{question.id}/accepted"
    assert browser_of(world.mei).post(path, data={"comment_id": answer.id}).status_code == 403
    assert lena.post(path, data={"comment_id": question.id}).status_code == 400
    assert lena.post(path).status_code == 404
    assert lena.post(path, data={"comment_id": answer.id}).status_code == 303
    db.session.expire_all()
    assert question.accepted_id == answer.id
    assert "Asked 1, answered 1" in lena.get("/reviews").text
    page = lena.get(review.url).text
    assert page.count("Accepted answer") == 2 and "Accept no longer" in page
    assert lena.post(f"{path}/end").status_code == 303
    db.session.expire_all()
    assert question.accepted_id is None


def test_open_questions_come_first_then_those_with_most_votes(world, browser_of, review, question):
    quiet = questions.ask(review, "Quiet?", actor=world.mei)
    wanted = questions.ask(review, "Wanted?", actor=world.mei)
    questions.vote(wanted, actor=world.jon)
    questions.accept(question, answer_of(world, question), actor=world.jon)
    commit()
    page = browser_of(world.lena).get(review.url).text
    places = [page.index(f'id="question-{each.id}"') for each in (wanted, quiet, question)]
    assert places == sorted(places)
    assert "1 answer<" in page and "No answer yet" in page


def test_the_page_asks_for_all_questions_at_once(world, browser_of, statements, review, question):
    lena = browser_of(world.lena)
    lena.get("/healthz")
    few = count(lena, statements, review.url)
    for number in range(6):
        more = questions.ask(review, f"Question {number}", actor=world.mei)
        questions.accept(more, answer_of(world, more), actor=world.lena)
        questions.vote(more, actor=world.lena)
    commit()
    assert count(lena, statements, review.url) <= few <= 24


def test_what_is_made_of_the_talk_is_fetched_alone_once_something_was_said(world, browser_of):
    review = post_review(world.space("project", "closed"), "Q3", actor=world.lena, quarter="2026-Q3")
    commit()
    jon, address = browser_of(world.jon), f"/reviews/{review.id}/talk"
    page = jon.get(f"/reviews/{review.id}").text
    for place in ("review-points", "review-questions"):
        assert f'id="{place}" data-beside="{review.id}" data-fragment="{address}"' in page
    assert "Who came?" not in jon.get(address).text
    questions.ask(review, "Who came?", actor=world.jon)
    make_point(review, "Fairs work", actor=world.lena)
    commit()
    fresh = jon.get(address).text
    assert "Who came?" in fresh and "Fairs work" in fresh
    assert browser_of(world.otto).get(address).status_code == 404
