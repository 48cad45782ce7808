"""Candidates come out of the index, and the bars are met by a small company whose copies are known."""

from functools import cache

from sqlalchemy import func, insert, select

from app.extensions import db
from app.radar import sketches
from app.radar.index import COMMON, find, hits
from app.radar.models import Fingerprint, FingerprintKey
from app.radar.prints import prints
from tests.making.look_alikes import Made, company
from tests.making.radar_truth import share_all, try_all


@cache
def known_copies() -> list[Made]:
    """Some sixty files, made once."""
    return list(company(11, decks=5, documents=4, pictures=5, edits=3))


def plan(statement) -> str:
    compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    is_sqlite = db.engine.dialect.name == "sqlite"
    explain = f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{compiled}"
    return "\n".join(row[-1] for row in db.session.execute(db.text(explain)))


def test_candidates_are_found_by_the_index_and_not_by_looking_at_everything(world, shared, document):
    asset = shared(document())
    [one] = db.session.scalars(select(Fingerprint.id).where(Fingerprint.version_id == asset.current.id,
                                                            Fingerprint.page == 0))
    rows = [{"key": sketches.number(b"%d" % at), "fingerprint_id": one} for at in range(20_000)]
    db.session.execute(insert(FingerprintKey), rows)
    db.session.execute(db.text("ANALYZE"))
    told = plan(hits([each["key"] for each in rows[:40]]))
    assert "SCAN fingerprint_keys" not in told and "Seq Scan" not in told, told
    assert "PRIMARY KEY" in told or "pk_fingerprint_keys" in told


def test_a_company_of_known_copies_is_read_right(world):
    shared = share_all(known_copies(), world.commons, actor=world.lena)
    assert 55 <= len(shared) <= 75
    trial = try_all(shared)
    assert min(trial.precision(kind) for kind in trial.right) >= 0.95, trial.mistakes
    assert trial.recall() >= 0.9, trial.mistakes


def test_a_page_of_a_template_links_nothing_with_nothing(world, shared, author):
    legal = "This text stands on the last page of every file that the company hands out and says nothing about it. " * 3
    files = [shared(f"{' '.join(author.sentence() for _ in range(60))}\n\n{legal}".encode())
             for _ in range(COMMON + 2)]
    assert all(each.page_count == 2 for each in files)
    assert find(prints({1: " ".join(author.sentence() for _ in range(40)), 2: legal}, {})) == []


def test_what_may_not_be_seen_is_no_candidate(world, shared, document):
    secret = shared(document(), space=world.space("project", "secret"))
    sent = prints({1: secret.current.pages[0].text}, {})
    assert [each.asset_id for each in find(sent)] == [secret.id]
    assert find(sent, seen=db.false()) == []
    assert find(sent, besides=secret.id) == []
    assert db.session.scalar(select(func.count()).select_from(FingerprintKey)) > 0
