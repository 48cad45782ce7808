"""Recording what was sent: what is known against it, what is kept, who hears of it, who reads the names of files."""

import pytest
from flask_login import login_user

from app.access import can
from app.activity.models import Activity, Notification
from app.api.showing import shown
from app.assets.actions import add_version
from app.contacts.models import Contact
from app.entries.actions import remove
from app.extensions import db
from app.reuse.actions import say_rights
from app.search.finder import find
from app.sendings.actions import Incomplete, NeedsReason, change_sending, record_sending
from app.sendings.models import Sending
from tests.sendings.test_shelf import ANNA, keep_bytes

WANTED = {"names": "Anna Weber", "channel": "mail"}


def test_it_keeps_the_version_and_makes_contacts_and_tells_who_works_the_account(world, account, share):
    account.sales_owner = world.mei
    asset = share("Deck", world.space("project", "open"))
    sent = record_sending(account, [asset.current], actor=world.jon, people=ANNA, note="As **agreed**", channel="event")
    add_version(asset, keep_bytes(b"2"), actor=world.lena)
    db.session.flush()
    assert (sent.title, sent.items[0].version.number, sent.items[0].warned) == ("At an event, to Anna Weber", 1, "")
    assert [each.name for each in db.session.scalars(db.select(Contact))] == ["Anna Weber"]
    told = db.session.execute(db.select(Notification.person_id, Notification.reason).join(Activity).where(
        Activity.kind == "sending.recorded")).all()
    assert set(told) == {(world.mei.id, "account"), (world.lena.id, "sent")}
    assert [hit.kind for hit in find(world.otto, "Anna", kind="sending").items] == ["sending"]


def test_what_is_known_against_it_needs_a_reason_which_is_kept(world, account, share):
    asset = share("Draft", approved=False, region=["China"], channel=["webinar"])
    with pytest.raises(NeedsReason) as refused:
        record_sending(account, [asset.current], actor=world.jon, people=ANNA)
    assert refused.value.codes == {asset.id: ["unapproved", "region", "channel"]}
    sent = record_sending(account, [asset.current], actor=world.jon, people=ANNA, channel="event",
                          reason="They insisted")
    assert (sent.reason, sent.items[0].warnings) == ("They insisted", ["unapproved", "region"])
    fine = record_sending(account, [share("Fine").current], actor=world.jon, people=ANNA, reason="Typed in vain")
    assert fine.reason == ""
    for versions, people in (([], ANNA), ([asset.current], [])):
        with pytest.raises(Incomplete):
            record_sending(account, versions, actor=world.jon, people=people, reason="x")


def test_what_was_withdrawn_was_never_sent(world, account, share):
    sent = record_sending(account, [share("Deck").current], actor=world.jon, people=ANNA)
    remove(sent, actor=world.jon)
    db.session.flush()
    assert (sent.items, sent.contacts) == ([], [])


def test_a_file_of_another_space_is_not_named_to_who_may_not_see_it(world, account, share, browser_of, app):
    """Neither on a card, nor on the shelf, the timeline, in search, or by the API; and it is not shared by it."""
    secret = share("Whisperjet", world.space("project", "secret"))
    sent = record_sending(account, [secret.current, share("Deck").current], actor=world.jon, people=ANNA)
    db.session.commit()
    otto, jon = browser_of(world.otto), browser_of(world.jon)
    for address in (account.url, f"{account.url}?tab=shelf&view=sent", f"{account.url}?tab=timeline", sent.url,
                    f"/e/{sent.id}/fragment", "/search?q=whisperjet"):
        assert "Whisperjet" not in otto.get(address).text.replace("“Whisperjet”", ""), address
    assert "1 file that is gone or that you may not see" in otto.get(sent.url).text
    assert "Whisperjet" in jon.get(sent.url).text and "that you may not see" not in jon.get(sent.url).text
    assert not can(world.otto, "read", secret)
    with app.test_request_context():
        from_outside = _shown(sent, world.otto), _shown(sent, world.jon)
    assert from_outside == ((1, 1), (2, 0))


def _shown(sent: Sending, reader) -> tuple[int, int]:
    login_user(reader)
    [found] = shown([sent.id])
    visible = [each for each in found.entry.items if each.asset]
    return len(visible), len(found.entry.items) - len(visible)


def test_a_file_says_to_which_accounts_it_went_to_who_may_see_those(world, account, share, browser_of):
    asset = share("Deck")
    record_sending(account, [asset.current], actor=world.jon, people=ANNA)
    record_sending(world.space("account", "secret").account, [asset.current], actor=world.jon, people=ANNA)
    db.session.commit()
    told = {who: browser_of(world.person(who)).get(asset.url).text for who in ("jon", "otto")}
    assert "account-secret" in told["jon"] and "account-open" in told["jon"]
    assert "account-open" in told["otto"] and "account-secret" not in told["otto"]


def test_the_form_warns_beside_the_file_and_goes_on_with_a_tick_and_a_reason(world, account, share, browser_of):
    asset = share("Draft", approved=False)
    db.session.commit()
    jon, address = browser_of(world.jon), f"{account.url}/sendings/new"
    begun = jon.get(f"{address}?asset={asset.id}").text
    assert "This version is not approved." in begun and "Record what you sent" in begun and "Correct" not in begun
    data = WANTED | {"asset": asset.id, "body": "Hello there"}
    for more, words in (({}, "Something is known against this"), ({"anyway": "y"}, "Say why it went out all the same"),
                        ({"names": ""}, "Say to whom."), ({"asset": "99999"}, "One of the files is gone.")):
        refused = jon.post(address, data=data | more)
        assert refused.status_code == 422 and words in refused.text and "Hello there" in refused.text
    assert jon.post(address, data=data | {"anyway": "y", "reason": "They insisted"}).status_code == 303
    db.session.remove()
    [sent] = db.session.scalars(db.select(Sending))
    assert (sent.reason, sent.body, sent.channel) == ("They insisted", "Hello there", "mail")


def test_who_may_record_and_what_they_may_not_see_they_cannot_send(world, account, share, browser_of):
    secret = share("Whisperjet", world.space("project", "secret"))
    db.session.commit()
    otto, address = browser_of(world.otto), f"{account.url}/sendings/new"
    assert "Whisperjet" not in otto.get(f"{address}?asset={secret.id}").text
    assert otto.post(address, data=WANTED | {"asset": secret.id, "anyway": "y", "reason": "x"}).status_code == 422
    assert otto.get("/accounts/account-closed/sendings/new").status_code == 403
    assert otto.get(f"{secret.url}/send").status_code == 404
    assert browser_of(world.gus).get(address).status_code == 404
    went = browser_of(world.jon).get(f"{secret.url}/send?account=account-open")
    assert went.status_code == 303 and went.headers["Location"].endswith(f"{address}?asset={secret.id}")


def test_whom_a_file_is_made_for_is_said_beside_its_rights_and_filters_the_library(world, share, browser_of):
    asset = share("Deck")
    share("Other")
    db.session.commit()
    lena = browser_of(world.lena)
    data = {"industry": "Robotics, robotics , Food", "stage": ["evaluating", "using"]}
    assert lena.post(f"{asset.url}/rights", data=data | {"stage": "nowhere"}).status_code == 422
    assert lena.post(f"{asset.url}/rights", data=data).status_code == 303
    db.session.refresh(asset)
    assert sorted((each.dimension, each.key) for each in asset.places) == [
        ("industry", "food"), ("industry", "robotics"), ("stage", "evaluating"), ("stage", "using")]
    for query in ("industry=ROBOTICS", "stage=using", "industry=food&stage=evaluating"):
        page = lena.get(f"/assets?{query}").text
        assert "Deck" in page and f'id="file-{asset.id}"' in page and page.count('class="tile"') == 1, query
    say_rights(asset, actor=world.lena, places={"stage": []})
    db.session.flush()
    assert {each.dimension for each in asset.places} == {"industry"}


def test_it_is_corrected_with_history_and_what_one_cannot_see_stays(world, account, share, browser_of):
    shown, other = share("Shown", versions=2), share("Other")
    hidden = share("Hidden", world.space("account", "secret"))
    sent = record_sending(account, [shown.versions[0], hidden.current], actor=world.otto, people=[("Anna", "")],
                          reason="They asked")
    db.session.commit()
    otto, address, (shown, other, hidden) = browser_of(world.otto), sent.edit_url, (shown.id, other.id, hidden.id)
    page = otto.get(address).text
    assert "Shown" in page and "Hidden" not in page and 'value="1" selected' in page
    form = {"channel": "post", "names": "Bo", "body": "By courier", "happened_at": "2026-11-20T10:00",
            "asset": [shown, other], f"version-{shown}": "2", f"version-{other}": "1"}
    assert otto.post(address, data=form).status_code == 303
    db.session.remove()
    sent = db.session.scalars(db.select(Sending)).one()
    assert {each.asset_id: each.version.number for each in sent.items} == {shown: 2, other: 1, hidden: 1}
    assert (sent.title, sent.body, sent.channel) == ("By post to Bo", "By courier", "post")
    assert [each.title for each in sent.revisions] == ["By mail to Anna"] and sent.edited_at
    assert otto.post(address, data=form | {"asset": [shown]}).status_code == 303
    db.session.expire_all()
    assert {each.asset_id for each in sent.items} == {shown, hidden} and len(sent.revisions) == 2
    assert otto.post(address, data=form | {"names": ""}).status_code == 422
    # Sent as it stands it changes nothing.
    kept = {"channel": "post", "contact_ids": [each.id for each in sent.contacts], "asset": [shown],
            f"version-{shown}": "2", "body": "By courier", "happened_at": "2026-11-20T10:00"}
    assert otto.post(address, data=kept).status_code == 303
    db.session.expire_all()
    assert len(sent.revisions) == 2
    assert browser_of(world.jon).get(address).status_code == 403


def test_what_is_known_against_a_file_that_is_added_later_needs_a_reason_too(world, account, share):
    sent = record_sending(account, [share("Fine").current], actor=world.jon, people=[("Anna", "")])
    raw = share("Raw", approved=False)
    with pytest.raises(NeedsReason):
        change_sending(sent, actor=world.jon, versions=[raw.current])
    change_sending(sent, actor=world.jon, versions=[raw.current], reason="They asked")
    assert [each.warned for each in sent.items] == ["", "unapproved"] and sent.reason == "They asked"
    change_sending(sent, actor=world.jon, body="Again", versions=[raw.current])
    with pytest.raises(Incomplete):
        change_sending(sent, actor=world.jon, versions=[], shown=[each.asset_id for each in sent.items])
