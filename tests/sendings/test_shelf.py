"""What suits an account, in which order, and what became of what it was sent."""

import io
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.actions import change_account
from app.assets.actions import add_version, keep
from app.db import now
from app.entries.actions import remove
from app.extensions import db
from app.reuse.actions import say_rights
from app.sendings.actions import record_sending
from app.sendings.fit import against, best_version
from app.sendings.shelf import history, moved_on, suiting

ANNA = [("Anna Weber", "")]


def titles(account, reader, **wanted) -> list[str]:
    db.session.flush()
    lines, _older = suiting(account, reader, **wanted)
    return [line.asset.title for line in lines]


def test_what_is_made_for_the_industry_or_the_stage_suits_and_what_contradicts_either_does_not(world, account, share):
    share("Both", industry=["robotics "], stage=["evaluating"])
    share("Industry", industry=["ROBOTICS", "Packaging"])
    share("Stage", stage=["evaluating", "buying"])
    share("Other industry", industry=["Packaging"], stage=["evaluating"])
    share("Other stage", industry=["Robotics"], stage=["renewing"])
    share("For nobody")
    share("Draft for both", approved=False, industry=["Robotics"], stage=["evaluating"])
    assert titles(account, world.otto) == ["Both", "Stage", "Industry", "Draft for both"]
    assert titles(account, world.otto, approved=True) == ["Both", "Stage", "Industry"]
    [line, *_rest] = suiting(account, world.otto)[0]
    assert line.suits == ("industry", "stage")
    change_account(account, actor=world.lena, stage="")
    assert titles(account, world.otto) == ["Other stage", "Industry", "Both", "Draft for both"]
    change_account(account, actor=world.lena, industry="")
    assert titles(account, world.otto) == []


def test_rights_that_ended_or_hold_elsewhere_only_are_left_out(world, account, share):
    today = now().date()
    share("Ended", industry=["Robotics"], until=today - timedelta(1))
    share("Last day", industry=["Robotics"], until=today)
    share("China", industry=["Robotics"], region=["China"])
    share("Around", industry=["Robotics"], region=["China", "emea"])
    early = share("Early", industry=["Robotics"])
    say_rights(early, actor=world.lena, usable_from=today + timedelta(1))
    assert titles(account, world.lena) == ["Around", "Last day"]


def test_nobody_is_shown_a_file_of_a_space_they_do_not_read(world, account, share):
    share("Secret", world.space("project", "secret"), industry=["Robotics"])
    gone = share("Gone", industry=["Robotics"])
    remove(gone, actor=world.lena)
    assert titles(account, world.lena) == ["Secret"]
    assert titles(account, world.otto) == []


def test_an_approved_version_goes_out_while_a_newer_one_waits(world, account, share):
    asset = share("Deck", versions=2, industry=["Robotics"])
    add_version(asset, keep_bytes(b"3"), actor=world.lena)
    [line] = suiting(account, world.otto)[0]
    assert (line.number, asset.version_count, asset.approved_number) == (2, 3, 2)
    assert against(asset, 2, account, "mail") == []
    assert against(asset, 3, account, "mail") == ["unapproved"]
    assert against(asset, 1, account, "mail") == ["older"]


def keep_bytes(data: bytes):
    return keep(io.BytesIO(data), "file.txt")


def test_what_was_sent_says_so_and_can_be_left_out(world, account, share):
    sent, other = share("Sent", industry=["Robotics"]), share("Other", industry=["Robotics"])
    record_sending(account, [sent.current], actor=world.jon, people=ANNA)
    elsewhere = world.space("account", "closed").account
    record_sending(elsewhere, [other.current], actor=world.jon, people=ANNA)
    lines, _older = suiting(account, world.otto)
    assert {line.asset.title: [item.sending.author.handle for item in line.sent] for line in lines} == {
        "Sent": ["jon"], "Other": []}
    assert titles(account, world.otto, unsent=True) == ["Other"]
    [sending] = history(account, world.otto)[0]
    remove(sending, actor=world.jon)
    assert titles(account, world.otto, unsent=True) == ["Other", "Sent"]


def test_what_changed_since_it_was_sent_is_told_until_it_is_sent_anew(world, account, share, approve):
    deck, ended, gone, same = (share(name) for name in ("Deck", "Ended", "Gone", "Same"))
    secret = share("Secret", world.space("project", "secret"))
    record_sending(account, [each.current for each in (deck, ended, gone, same, secret)], actor=world.jon, people=ANNA)
    assert moved_on(account, world.otto) == []
    for each in (deck, secret):
        add_version(each, keep_bytes(b"newer"), actor=world.lena)
    assert moved_on(account, world.otto) == []
    approve(deck)
    say_rights(ended, actor=world.lena, usable_until=now().date() - timedelta(1))
    remove(gone, actor=world.lena)
    db.session.flush()
    assert {asset.id for _item, asset in moved_on(account, world.otto)} == {deck.id, ended.id, gone.id}
    record_sending(account, [deck.current], actor=world.jon, people=ANNA)
    db.session.flush()
    assert {asset.id for _item, asset in moved_on(account, world.otto)} == {ended.id, gone.id}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=9), limit=st.integers(1, 4))
def test_paged_by_key_the_shelf_shows_each_file_once_in_the_same_order(world, account, share, made, limit):
    with db.session.begin_nested() as inside:
        for number, (approved, industry, stage) in enumerate(made):
            share(f"File {number}", approved=approved, industry=["Robotics"] if industry else [],
                  stage=["evaluating"] if stage else [])
        whole, _older = suiting(account, world.lena, limit=100)
        found, below = [], None
        while True:
            lines, below = suiting(account, world.lena, below=below, limit=limit)
            found += lines
            if below is None:
                break
        assert [each.asset.id for each in found] == [each.asset.id for each in whole]
        assert len(whole) == sum(industry or stage for _approved, industry, stage in made)
        assert all(each.number == best_version(each.asset) for each in whole)
        inside.rollback()
