"""What the stages of a customer are called."""

from flask_babel import lazy_gettext as _l

STAGE_NAMES = {
    "aware": _l("Knows of us"), "evaluating": _l("Evaluating"), "buying": _l("Buying"), "onboarding": _l("Onboarding"),
    "using": _l("Using"), "renewing": _l("Renewing"),
}
