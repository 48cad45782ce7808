"""Reading the demo company's content."""

import pytest

from app.demo import script


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a scene from text."""
    monkeypatch.setattr(script, "FOLDER", tmp_path)

    def scenes(text: str):
        (tmp_path / "x.md").write_text(text, encoding="utf-8")
        return script.scenes("x")

    return scenes


def test_a_root_has_fields_reactions_and_parts(read):
    [scene] = read("=== post\nin: commons\nby: lena\nat: -3h\n👍: jon carla\n\nHello: world\n~ next\nA step\n")
    root = scene.root
    assert (root.verb, root.by, root.fields["in"], root.text) == ("post", "lena", "commons", "Hello: world")
    assert root.reactions == [("👍", ["jon", "carla"])]
    assert root.parts["next"] == "A step"


def test_a_comment_may_look_like_a_field(read):
    [scene] = read("=== post\nby: lena\n\nQuestion\n\n--- jon +2h re=lena slide=4 😅=nadia,jon\nnote: this is text\n")
    [step] = scene.steps
    assert (step.verb, step.by, step.after, step.text) == ("say", "jon", "+2h", "note: this is text")
    assert (step.fields["re"], step.fields["slide"]) == ("lena", "4")
    assert step.reactions == [("😅", ["nadia", "jon"])]


def test_a_verb_has_fields_of_its_own(read):
    [scene] = read("=== post\nby: lena\n\nQ\n--- decide ingrid +1d\nquestion: Which?\nchoice: That.\n\nBecause.\n")
    [step] = scene.steps
    assert (step.verb, step.fields["choice"], step.text) == ("decide", "That.", "Because.")
