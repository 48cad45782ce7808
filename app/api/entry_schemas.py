"""How an entry of each kind looks to callers."""

from flask_login import current_user
from marshmallow import Schema, fields
from marshmallow.validate import Equal

from app.access import can
from app.api.entry_base import EntrySchema
from app.api.fields import Amount, Moment, Output, Ratio
from app.api.handoff_schemas import HandoffSchema
from app.api.letter_schemas import MailSchema, PromiseSchema
from app.api.poll_schemas import PollSchema
from app.api.trial_schemas import RecordSchema, TrialSchema
from app.assets.models import APPROVALS, STATUSES
from app.assets.reasons import PARTIAL, UNREADABLE
from app.conversations.models import CHANNELS
from app.reviews.breakdown_models import KINDS
from app.reviews.commitment_models import OUTCOMES
from app.reviews.figures import AMOUNTS, COUNTS, TARGETS
from app.reviews.kpis import kpis
from app.sendings.models import CHANNELS as WAYS
from app.tasks.models import STATES


class AnchorSchema(Output):
    """The part of a file that a comment speaks of: a page, and a point or a region as fractions of it; or a moment."""

    class Meta:
        optional = ("page", "x", "y", "w", "h", "at")

    version_id = fields.Integer(allow_none=True)
    page = fields.Integer()
    x = fields.Float()
    y = fields.Float()
    w = fields.Float()
    h = fields.Float()
    at = fields.Float(metadata={"description": "Seconds from the beginning of a video or a recording."})


class PostSchema(EntrySchema):
    kind = fields.String(validate=Equal("post"))
    poll = fields.Nested(PollSchema, allow_none=True, metadata={"description": "null: it asks for no choice."})
    quoted_id = fields.Integer(allow_none=True, metadata={
        "description": "The entry it shares or quotes, if you may see it."})
    is_quote = fields.Boolean(metadata={"description": "Whether it quotes that entry; else it shares it."})


class CommentSchema(EntrySchema):
    kind = fields.String(validate=Equal("comment"))
    parent_id = fields.Integer(allow_none=True)
    anchor = fields.Nested(AnchorSchema, allow_none=True)
    moved_to_id = fields.Integer(allow_none=True, metadata={
        "description": "The discussion it points to: what stood here was moved there."})
    mail = fields.Nested(MailSchema, allow_none=True, metadata={"description": "The letter that it is; else null."})
    key_point = fields.Function(lambda shown: shown.entry.key_point is not None, metadata={
        "type": "boolean", "description": "Whether it says what its review comes to."})


class KpiSchema(Output):
    value = fields.Float(allow_none=True)
    definition = fields.String(metadata={"description": "Its formula."})
    missing = fields.List(fields.String(), metadata={"description": "Why there is no value: “leads”, “leads = 0”."})
    unit = fields.String(metadata={"enum": ["money", "ratio", "number"]})


def _figure(name: str) -> fields.Field:
    return Amount(may_be_negative=True, allow_none=True) if name in AMOUNTS else fields.Integer(allow_none=True)


MetricsSchema = type("MetricsSchema", (Output,), {
    "__doc__": "The figures of a campaign. One that nobody gave is null, never zero.",
    **{name: _figure(name) for name in (*AMOUNTS, *COUNTS)},
})
TargetsSchema = type("TargetsSchema", (Output,), {
    "__doc__": "What the figures aimed at; null where nobody said. That of cost is the budget, that of responses the "
               "expected responses.",
    **{name: _figure(name) for name in TARGETS},
})


class BreakdownRowSchema(Output):
    """What one channel or week had of a campaign's figures."""

    kind = fields.String(metadata={"enum": list(KINDS)})
    label = fields.String()
    metrics = fields.Nested(MetricsSchema)
    kpis = fields.Function(lambda row: {each.name: KpiSchema().dump(each) for each in kpis(row.metrics)}, metadata={
        "type": "object", "description": "Computed as those of the review, of this row alone."})


class LearningLinkSchema(Output):
    id = fields.Integer()
    title = fields.String()
    url = fields.String()


class CommitmentSchema(Output):
    """A next step of a review: open until it has an outcome."""

    id = fields.Integer()
    review_id = fields.Integer()
    text = fields.String()
    owner_id = fields.Integer(allow_none=True)
    due_on = fields.Date(allow_none=True)
    outcome = fields.String(allow_none=True, metadata={"enum": [*OUTCOMES, None]})
    did = fields.String(metadata={"description": "What happened."})
    reason = fields.String(metadata={"description": "Why it was dropped."})
    done_on = fields.Date(allow_none=True)
    variance = fields.Integer(allow_none=True, metadata={
        "description": "Days from when it was due to when it was done, or to today while it is late; negative: early."})
    settled_at = Moment(allow_none=True)
    settled_by_id = fields.Integer(allow_none=True)
    carried_from_id = fields.Integer(allow_none=True, metadata={
        "description": "The commitment of an earlier review that this one carries on."})


class ReviewSchema(EntrySchema):
    kind = fields.String(validate=Equal("review"))
    programme = fields.String()
    quarter = fields.String()
    region = fields.String()
    segment = fields.String()
    channels = fields.List(fields.String())
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    currency = fields.String()
    rate = Ratio(allow_none=True, metadata={
        "description": "What one unit of its currency was worth in the company's on the day `rate_on`."})
    rate_on = fields.Date(allow_none=True)
    metrics = fields.Nested(MetricsSchema)
    targets = fields.Nested(TargetsSchema)
    kpis = fields.Dict(keys=fields.String(), values=fields.Nested(KpiSchema))
    breakdown = fields.List(fields.Nested(BreakdownRowSchema), metadata={
        "description": "The same figures by channel, and by week, each in the order in which they are shown."})
    what_worked = fields.String()
    what_did_not = fields.String()
    next_steps = fields.List(fields.String(), metadata={"description": "The texts of its commitments."})
    commitments = fields.List(fields.Nested(CommitmentSchema))
    learnings = fields.List(fields.Nested(LearningLinkSchema))
    deck_id = fields.Integer(allow_none=True, metadata={"description": "The asset that is its deck."})
    co_author_ids = fields.Function(lambda shown: [each.id for each in shown.entry.co_authors], metadata={
        "type": "array", "items": {"type": "integer"}, "description": "Who wrote it along with its author."})
    closes_on = fields.Date(allow_none=True, metadata={"description": "The last day on which it takes questions."})
    closed_at = Moment(allow_none=True, metadata={"description": "Since when comments are follow-ups; null: open."})
    asked = fields.Integer(metadata={"description": "How many questions were asked."})
    answered = fields.Integer(metadata={"description": "How many of them have an accepted answer."})


class LearningSchema(EntrySchema):
    kind = fields.String(validate=Equal("learning"))
    holds_for = fields.String()
    narrowed_to = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), metadata={
        "description": "Where it should hold: the values of channel, region, segment and stage."})
    advice = fields.String()
    review_id = fields.Integer(allow_none=True)
    review_by = fields.Date(allow_none=True, metadata={"description": "When somebody should look at it again."})
    superseded_by_id = fields.Integer(allow_none=True)
    record = fields.Function(lambda shown: RecordSchema().dump(shown.entry), metadata={
        "type": "object", "description": "worked, mixed, failed, strength and standing."})
    trials = fields.List(fields.Nested(TrialSchema))


class VersionSchema(Output):
    id = fields.Integer(metadata={"description": "What anchors of comments name."})
    number = fields.Integer()
    sha256 = fields.String()
    bytes = fields.Integer()
    media_type = fields.String()
    pages = fields.Integer(attribute="page_count")
    status = fields.String(metadata={"enum": list(STATUSES)})
    reason = fields.Function(lambda version: str(version.reason_text) or None, metadata={
        "type": ["string", "null"], "description": "Why there are no pages, or fewer, in a sentence."})
    reason_code = fields.String(attribute="reason", allow_none=True, metadata={
        "description": "The same, for programs.", "enum": [*UNREADABLE, *PARTIAL, None]})
    filename = fields.String()
    note = fields.String()
    author_id = fields.Integer()
    created_at = Moment()


PLACES = {"type": "array", "items": {"type": "string"}, "description": "Where it may be used; empty: everywhere."}


def _places(shown, dimension: str) -> list[str]:
    return [each.value for each in shown.entry.places if each.dimension == dimension]


class AssetSchema(EntrySchema):
    kind = fields.String(validate=Equal("asset"))
    media_kind = fields.String()
    approval = fields.String(metadata={"enum": list(APPROVALS), "description":
                                       "How the approval of the newest version stands; empty: nobody asked."})
    licence = fields.String()
    source = fields.String()
    people_shown = fields.String(metadata={"description": "Who is in it, and what they agreed to."})
    usable_from = fields.Date(allow_none=True)
    usable_until = fields.Date(allow_none=True)
    rights_state = fields.String(metadata={"enum": ["", "early", "expired"], "description":
        "`expired`, or `early` while it may not be used yet: then it cannot be shared, adapted or collected anew."})
    regions = fields.Function(lambda shown: _places(shown, "region"), metadata=PLACES)
    channels = fields.Function(lambda shown: _places(shown, "channel"), metadata=PLACES)
    industries = fields.Function(lambda shown: _places(shown, "industry"), metadata=PLACES | {
        "description": "Of the customers it is made for; empty: of none in particular."})
    stages = fields.Function(lambda shown: _places(shown, "stage"), metadata=PLACES | {
        "description": "Where the customers stand that it is made for; empty: anywhere."})
    approved_version = fields.Integer(attribute="approved_number", allow_none=True, metadata={
        "description": "The newest version that everybody who was asked approved."})
    language = fields.String(metadata={"description": "A code of ISO 639-1, guessed until somebody said it; or empty."})
    is_stale = fields.Boolean(metadata={"description": "What it was adapted from has a newer version."})
    versions = fields.List(fields.Nested(VersionSchema))


class DecisionSchema(EntrySchema):
    kind = fields.String(validate=Equal("decision"))
    choice = fields.String()
    options = fields.List(fields.String())
    decider_ids = fields.Function(lambda shown: [each.id for each in shown.entry.deciders], metadata={
        "type": "array", "items": {"type": "integer"}})
    decided_on = fields.Date(allow_none=True, metadata={"description": "null: it is open."})
    needed_by = fields.Date(allow_none=True)
    about_id = fields.Integer(allow_none=True)
    superseded_by_id = fields.Integer(allow_none=True)


class TaskSchema(EntrySchema):
    kind = fields.String(validate=Equal("task"))
    state = fields.String(metadata={"enum": list(STATES)})
    owner_id = fields.Integer(allow_none=True)
    due_on = fields.Date(allow_none=True)
    done_at = Moment(allow_none=True)
    about_id = fields.Integer(allow_none=True, metadata={"description": "The entry it came from, if you may see it."})
    milestone_id = fields.Function(
        lambda shown: shown.entry.milestone_id if can(current_user, "read", shown.entry.space) else None,
        metadata={"type": ["integer", "null"], "description": "null as well for who reads the task elsewhere."})


class ConversationSchema(EntrySchema):
    kind = fields.String(validate=Equal("conversation"))
    channel = fields.String(metadata={"enum": list(CHANNELS)})
    happened_at = Moment()
    contact_ids = fields.Function(lambda shown: [each.id for each in shown.entry.contacts] if can(
        current_user, "read", shown.entry.space) else [], metadata={
        "type": "array", "items": {"type": "integer"}, "description": "Empty for who reads it elsewhere."})
    promises = fields.List(fields.Nested(PromiseSchema))
    mail = fields.Nested(MailSchema, allow_none=True, metadata={
        "description": "The letter that began it, if it came by mail; later ones are comments."})


class SentFileSchema(Output):
    asset_id = fields.Integer()
    version = fields.Integer(attribute="version.number")
    warnings = fields.List(fields.String(), metadata={"description": "What was known against it when it went out."})


class SendingSchema(EntrySchema):
    kind = fields.String(validate=Equal("sending"))
    channel = fields.String(metadata={"enum": list(WAYS)})
    happened_at = Moment()
    contact_ids = fields.Function(lambda shown: [each.id for each in shown.entry.contacts] if can(
        current_user, "read", shown.entry.space) else [], metadata={
        "type": "array", "items": {"type": "integer"}, "description": "Empty for who reads it elsewhere."})
    files = fields.Function(lambda shown: SentFileSchema(many=True).dump(
        [each for each in shown.entry.items if each.asset]), metadata={
        "type": "array", "items": {"type": "object"}, "description": "Those that you may see: asset_id, version, "
        "warnings."})
    hidden_files = fields.Function(lambda shown: sum(not each.asset for each in shown.entry.items), metadata={
        "type": "integer", "description": "So many more are gone or not for you to see."})
    reason = fields.String(metadata={"description": "Why it went out all the same, where something was known."})


class NewsSchema(EntrySchema):
    """An item of a feed of the customer. `author_id` is who subscribed it; nobody here wrote it, and `body` is text."""

    kind = fields.String(validate=Equal("news"))
    happened_at = Moment(metadata={"description": "When it was published."})
    source = fields.String(metadata={"description": "What the feed is called."})
    by = fields.String(metadata={"description": "Whom the feed names as its author."})
    link = fields.String(metadata={"description": "Where all of it is; or empty."})
    sound = fields.String(metadata={"description": "Where it can be heard; or empty."})
    seconds = fields.Integer(allow_none=True, metadata={"description": "The length of the sound, if it is known."})


SCHEMAS: dict[str, Schema] = {
    "post": PostSchema(), "comment": CommentSchema(), "review": ReviewSchema(), "learning": LearningSchema(),
    "asset": AssetSchema(), "decision": DecisionSchema(), "task": TaskSchema(),
    "handoff": HandoffSchema(), "conversation": ConversationSchema(), "sending": SendingSchema(), "news": NewsSchema(),
}


class AnyEntry:
    """Stands where a schema stands, for entries of any kind: each is written by the schema of its own."""

    def dump(self, shown, *, many: bool = False):
        if many:
            return [self.dump(each) for each in shown]
        return SCHEMAS[shown.kind].dump(shown)
