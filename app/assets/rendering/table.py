"""Which module of this package makes pages of which media type."""

from app.assets.packages import DOCX, PPTX, XLSX

_RENDERERS = {
    "application/pdf": "pdf",
    PPTX: "deck",
    DOCX: "document",
    XLSX: "sheet",
    "application/vnd.ms-powerpoint": "office",
    "application/msword": "office",
    "application/vnd.ms-excel": "office",
    "application/rtf": "office",
    "image/svg+xml": "text",
    "application/xml": "text",
    "application/json": "text",
    "message/rfc822": "text",
}
_UNDRAWABLE = {"image/heic"}


def renderer_for(type_: str) -> str | None:
    """Name of the module, or None when such a file has no pages."""
    if type_ in _RENDERERS:
        return _RENDERERS[type_]
    if type_.startswith("application/vnd.oasis.opendocument."):
        return "office"
    if type_.startswith("text/"):
        return "text"
    return "image" if type_.startswith("image/") and type_ not in _UNDRAWABLE else None
