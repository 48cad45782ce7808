"""Before a second copy is made, and after: what is said, to whom, and what one can do about it."""

import io

import pytest
from sqlalchemy import func, select

from app.activity.delivery import commit
from app.activity.models import Activity
from app.assets.actions import hold, keep
from app.assets.models import Asset
from app.entries.attachments import Upload
from app.extensions import db
from app.radar.models import MeantTwo

FORM = "multipart/form-data"


def send(browser, data: bytes, space, name: str = "again.txt", **fields):
    fields |= {"file": (io.BytesIO(data), name), "space_id": space.id}
    return browser.post("/assets/new", data=fields, content_type=FORM)


def arrived(person, data: bytes, name: str = "again.txt") -> Upload:
    held = hold(keep(io.BytesIO(data), name), actor=person)
    commit()
    return held


def assets() -> int:
    return db.session.scalar(select(func.count()).select_from(Asset))


def test_an_exact_copy_is_held_back_and_nothing_typed_or_sent_is_lost(world, browser_of, shared, document):
    text = document()
    there = shared(text, title="The plan")
    jon = browser_of(world.jon)
    page = send(jon, text, world.commons, title="Typed", body="For later")
    assert page.status_code == 422 and assets() == 1
    assert "This file is here already" in page.text and there.url in page.text
    assert 'value="Typed"' in page.text and "For later" in page.text
    held = db.session.scalars(select(Upload)).one()
    assert f'name="upload_id" value="{held.id}"' in page.text
    again = {"upload_id": held.id, "space_id": world.commons.id, "title": "Typed", "anyway": "1"}
    answer = jon.post("/assets/new", data=again, content_type=FORM)
    assert answer.status_code == 303 and assets() == 2
    assert not db.session.scalars(select(Upload)).all()


def test_a_near_copy_is_held_back_and_new_work_is_not(world, browser_of, shared, document):
    text = document()
    shared(text, title="The plan")
    page = send(browser_of(world.jon), text + b"\n\nOne more sentence at the end.", world.commons)
    assert page.status_code == 422 and "Something nearly the same is here already" in page.text
    assert send(browser_of(world.jon), document(), world.commons).status_code == 303


def test_use_that_one_shares_what_is_there_and_stores_nothing_twice(world, browser_of, shared, document):
    text = document()
    there, elsewhere = shared(text), world.space("account", "open")
    held = arrived(world.jon, text)
    jon = browser_of(world.jon)
    answer = jon.post(f"/uploads/{held.id}/use/{there.id}", data={"space_id": elsewhere.id})
    assert answer.headers["Location"] == there.url
    db.session.expire_all()
    assert [each.space_id for each in there.shares] == [elsewhere.id] and assets() == 1
    assert not db.session.scalars(select(Upload)).all()
    again = arrived(world.jon, text)
    assert jon.post(f"/uploads/{again.id}/use/{there.id}", data={"space_id": elsewhere.id}).status_code == 303
    db.session.expire_all()
    assert len(there.shares) == 1


def test_nobody_uses_what_they_may_not_see_share_or_post_into(world, browser_of, shared, document):
    text = document()
    there, secret = shared(text), shared(document(), space=world.space("project", "secret"))
    held = arrived(world.otto, text)
    otto, use = browser_of(world.otto), f"/uploads/{held.id}/use"
    assert otto.post(f"{use}/{secret.id}", data={"space_id": world.commons.id}).status_code == 404
    closed = world.space("project", "closed")
    assert otto.post(f"{use}/{there.id}", data={"space_id": closed.id}).status_code == 403
    assert browser_of(world.mei).post(f"{use}/{there.id}", data={"space_id": world.commons.id}).status_code == 404
    guest = arrived(world.gus, text)
    answer = browser_of(world.gus).post(f"/uploads/{guest.id}/use/{there.id}", data={"space_id": there.space_id})
    assert answer.status_code == 303


def test_what_arrived_is_told_about_to_its_owner_alone(world, browser_of, shared, document):
    text = document()
    shared(text, title="The plan", space=world.space("project", "closed"))
    mine, others = arrived(world.jon, text), arrived(world.otto, text)
    assert "The plan" in browser_of(world.jon).get(f"/uploads/{mine.id}/similar").text
    assert browser_of(world.otto).get(f"/uploads/{mine.id}/similar").status_code == 404
    assert browser_of(world.otto).get(f"/uploads/{others.id}/similar").text.strip() == ""


def test_a_new_version_that_is_an_old_one_or_anothers_is_said_so(world, browser_of, shared, document):
    first, other = document(), document()
    asset = shared(first)
    shared(other, title="The other plan")
    lena = browser_of(world.lena)

    def renew(data: bytes) -> str:
        sent = {"file": (io.BytesIO(data), "plan.txt")}
        return lena.get(lena.post(f"{asset.url}/versions", data=sent, content_type=FORM).headers["Location"]).text

    assert "It is the same file as version 1." in renew(first)
    assert "The other plan” in project-open" in renew(other)
    assert "It is the same file" not in renew(document())


def test_an_assets_page_tells_where_else_it_is(world, browser_of, shared, document):
    text = document()
    one, other = shared(text, title="One"), shared(text + b"\n\nMore.", title="Other", space=world.commons)
    secret = shared(text, title="Hidden", space=world.space("project", "secret"))
    page = browser_of(world.otto).get(f"{one.url}/elsewhere").text
    assert "nearly the same" in page and other.url in page and secret.url not in page
    assert "exactly the same" in browser_of(world.jon).get(f"{one.url}/elsewhere").text
    assert "Nowhere else" in browser_of(world.otto).get(f"{shared(document()).url}/elsewhere").text
    assert f"{one.url}/elsewhere" in browser_of(world.otto).get(one.url).text


def test_the_report_names_copies_until_they_are_meant_to_be_two(world, browser_of, shared, document):
    text = document()
    one = shared(text, title="One", actor=world.jon)
    other = shared(text, title="Two", actor=world.lena, space=world.commons)
    lena, mei = browser_of(world.lena), browser_of(world.mei)
    page = lena.get("/assets/duplicates").text
    assert "2 files" in page and "exactly the same" in page
    beside = f"/assets/{one.id}/beside/{other.id}"
    assert "These are meant to be two" in lena.get(beside).text
    assert "These are meant to be two" not in mei.get(beside).text
    assert mei.post(f"{beside}/two").status_code == 403 and not db.session.scalars(select(MeantTwo)).all()
    assert lena.post(f"{beside}/two").status_code == lena.post(f"{beside}/two").status_code == 303
    assert "Nothing exists twice" in mei.get("/assets/duplicates").text
    assert "Nowhere else" in mei.get(f"{one.url}/elsewhere").text
    assert lena.post(f"/assets/{other.id}/beside/{one.id}/one").status_code == 303
    assert "2 files" in mei.get("/assets/duplicates").text
    told = select(Activity.kind).where(Activity.kind.like("asset.%two")).order_by(Activity.id)
    said = db.session.scalars(told).all()
    assert said == ["asset.meant_two", "asset.not_meant_two"]


@pytest.mark.parametrize("path", ["elsewhere", "beside/{other}", "beside/{other}/two"])
def test_nobody_learns_of_what_they_may_not_see(world, browser_of, shared, document, path):
    open_one, secret = shared(document()), shared(document(), space=world.space("project", "secret"))
    otto = browser_of(world.otto)
    for one, other in ((secret, open_one), *([(open_one, secret)] if "other" in path else [])):
        url = f"{one.url}/{path.format(other=other.id)}"
        assert (otto.post(url) if path.endswith("two") else otto.get(url)).status_code == 404


def test_bytes_without_words_or_pages_are_known_by_their_hash(world, browser_of, shared):
    data = bytes(range(256)) * 9
    there = shared(data, "tool.bin")
    assert there.url in send(browser_of(world.jon), data, world.commons, "same.bin").text
    shared(data, "copy.bin", space=world.commons)
    assert "tool" in browser_of(world.jon).get("/assets/duplicates").text
