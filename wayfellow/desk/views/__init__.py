"""The desk's pages, one module a page."""

from wayfellow.desk.views.caseload import caseload
from wayfellow.desk.views.jump import jump
from wayfellow.desk.views.story import story
from wayfellow.desk.views.today import today

__all__ = ["caseload", "jump", "story", "today"]
