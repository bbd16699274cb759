"""Views by noun: drafts, the door (sign-in and lock), one's own settings."""

from wayfellow.access.views.draft import draft_save, draft_save_new

__all__ = ["draft_save", "draft_save_new"]
