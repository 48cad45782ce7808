"""What the consumer does each minute."""

from app import jobs

DATABASES = ("sqlite",)


def test_what_fails_keeps_nothing_else_from_its_minute(app, monkeypatch):
    done = []

    def fails():
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(jobs, "_every_minute", [fails, lambda: done.append("after it")])
    [minutely] = [each for name, each in app.extensions["huey"]._registry._registry.items() if "minutely" in name]
    minutely().execute()
    assert done == ["after it"]
