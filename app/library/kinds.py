"""What happens to collections."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class CollectionMade(Kind):
    """Somebody began a collection of files."""

    name = "collection.made"
    icon = "books"
    sentence = _l("%(actor)s began a collection in %(space)s")


class CollectionChanged(Kind):
    """Files came into a collection or left it, or it is called or ordered differently."""

    name = "collection.changed"
    icon = "books"
    sentence = _l("%(actor)s changed a collection in %(space)s")


class CollectionDeleted(Kind):
    """A collection is gone; its files are where they were."""

    name = "collection.deleted"
    icon = "books"
    sentence = _l("%(actor)s deleted a collection in %(space)s")
