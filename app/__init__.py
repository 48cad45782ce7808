"""Quarterdeck. `create_app` puts the house together and does nothing else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from app import atoms, extensions, jobs, presentation, realtime, web
from app.assets.store import open_store
from app.blueprints import BLUEPRINTS
from app.cli import COMMANDS
from app.db import engine_options, prepare


def create_app(**overrides) -> Flask:
    """The application, configured from the environment; `overrides` replace single settings."""
    app = Flask(__name__)
    app.config.update(config.load() | overrides)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)
    # Registered first, it is the last to see an answer, after the limiter's headers.
    app.after_request(web.without_idle_retry)
    for extension in (extensions.db, extensions.login_manager, extensions.csrf, extensions.limiter):
        extension.init_app(app)
    extensions.migrate.init_app(app, extensions.db)
    extensions.babel.init_app(app, locale_selector=presentation.locale, timezone_selector=presentation.timezone)
    with app.app_context():
        prepare(extensions.db.engine)
    app.extensions["store"] = open_store(app.config["STORAGE_URL"])
    jobs.init_app(app, immediate=app.config.get("JOBS_IMMEDIATE", False))
    realtime.init_app(app)
    web.init_app(app)
    presentation.init_app(app)
    atoms.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
