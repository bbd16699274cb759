"""Views by noun: drafts, the door (sign-in and lock), one's own settings."""

from wayfellow.access.views.door import lock, set_password, set_up_second_factor, stay
from wayfellow.access.views.draft import draft_save, draft_save_new
from wayfellow.access.views.me import me
from wayfellow.access.views.ready import ready

__all__ = ["draft_save", "draft_save_new", "lock", "me", "ready", "set_password", "set_up_second_factor", "stay"]
