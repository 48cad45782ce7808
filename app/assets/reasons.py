"""Why a file has no pages, or fewer than it might: stable codes, and the sentence a person reads for each."""

from flask_babel import lazy_gettext as _

UNREADABLE = {
    "encrypted": _("The file is protected by a password. Remove the password and upload it again."),
    "damaged": _("The file is damaged or incomplete. Open it where it was made, save it again and upload that."),
    "empty": _("The file is empty."),
    "too_many_pages": _("The file says it has more pages than any real document. It is probably damaged."),
    "too_large_unpacked": _("The file unpacks to far more than its size suggests, so it was not opened."),
    "too_many_pixels": _("The picture has too many pixels to be shown. Upload a smaller copy."),
    "too_slow": _("Making the pages took too long, so it was stopped."),
    "too_much_memory": _("Making the pages needed too much memory, so it was stopped."),
    "unsafe": _("The file holds definitions that are not allowed in such a document, so it was not opened."),
    "old_format": _("Pages cannot be made of this older format here. Save it in the current format and upload that."),
    "active_content": _("A web page or drawing like this can run programs, so it is not shown, only downloaded."),
    "lost": _("The file is missing from the store. Upload it again."),
    "crashed": _("The program that makes the pages failed on this file."),
}
"""Nothing could be made of the file; the original can still be downloaded."""

PARTIAL = {
    "first_pages_only": _("Only the first pages are shown; the file has more."),
    "text_cut": _("Only the beginning of the text is shown; the file has more."),
    "no_pictures": _("Some pages could not be drawn; their text is shown instead."),
    "no_preview": _("There is no preview for this kind of file."),
}
"""The file is usable, with less than everything."""


def sentence(code: str) -> str:
    """What a person reads for a reason code, in their language (lazy until shown)."""
    return UNREADABLE.get(code) or PARTIAL.get(code) or UNREADABLE["crashed"]
