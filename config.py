"""Settings, read from the environment once at start-up. docs/operations.md lists them for whoever runs the server."""

import os
import secrets
import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

MEGABYTE = 1024 * 1024


def secret_key(folder: Path) -> str:
    """The signing key of this installation: made once, readable by its owner only, never in the repository.

    Written aside and then linked into place: of several processes that start at once, all use the first one's.
    """
    path = folder / "secret_key"
    if not path.exists():
        aside = folder / f"secret_key.{os.getpid()}"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text()


def close_to_others() -> None:
    """Whatever this process makes from now on (database, files, jobs, mail, backups) only its own user may read."""
    os.umask(0o077)


def local_url(environment) -> str:
    """Where this machine serves, for links in mails: what a request says of its host is never believed."""
    host = environment.get("HOST", "127.0.0.1")
    host = socket.getfqdn() if host in ("0.0.0.0", "::", "") else host
    return f"http://{f'[{host}]' if ':' in host else host}:{environment.get('PORT', '5000')}"


def load(environment=os.environ) -> dict:
    """All settings as Flask configuration; makes the data folder when it is missing."""
    data = Path(environment.get("QUARTERDECK_DATA", "data")).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = environment.get("DATABASE_URL") or f"sqlite:///{data / 'quarterdeck.db'}"
    # Hosting panels hand out the short form, which SQLAlchemy would read as another driver.
    for short in ("postgres://", "postgresql://"):
        if database.startswith(short):
            database = "postgresql+psycopg://" + database.removeprefix(short)
    return {
        "DATA_FOLDER": data,
        "SECRET_KEY": environment.get("SECRET_KEY") or secret_key(data),
        "SQLALCHEMY_DATABASE_URI": database,
        "REDIS_URL": environment.get("REDIS_URL") or None,
        "STORAGE_URL": environment.get("STORAGE_URL") or f"file://{data / 'files'}",
        "MAIL_URL": environment.get("MAIL_URL") or None,
        "MAIL_FROM": environment.get("MAIL_FROM", "Quarterdeck <quarterdeck@localhost>"),
        # Where mail to this server arrives, of accounts and in answer to its own; without it mails cannot be answered.
        "MAIL_DOMAIN": environment.get("MAIL_DOMAIN", "").strip().lower() or None,
        "PUBLIC_URL": environment.get("PUBLIC_URL") or local_url(environment),
        "ASYNC_MODE": environment.get("ASYNC_MODE", "threading"),
        "TRUSTED_PROXIES": int(environment.get("TRUSTED_PROXIES", "0")),
        "UPLOAD_LIMIT": int(environment.get("UPLOAD_LIMIT_MB", "10240")) * MEGABYTE,
        "FORM_LIMIT": int(environment.get("FORM_LIMIT_MB", "200")) * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
        "COMPANY_CURRENCY": environment.get("COMPANY_CURRENCY", "EUR").strip().upper(),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": (environment.get("PUBLIC_URL") or "").startswith("https://"),
        "WTF_CSRF_TIME_LIMIT": None,
        # web.py checks it, once it knows who asks.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "RATELIMIT_STORAGE_URI": environment.get("REDIS_URL") or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
        "API_RATE_LIMIT": environment.get("API_RATE_LIMIT", "3000 per minute"),
        # Networks that webhooks may reach besides public addresses: "10.1.0.0/16,192.168.7.5".
        "OUTGOING_ALLOWED": environment.get("OUTGOING_ALLOWED", "").replace(",", " ").split(),
        "BABEL_DEFAULT_LOCALE": "en",
        "JSON_SORT_KEYS": False,
    }
