"""The desk's pages, one file each."""

from wayfellow.desk.views.audit import audit
from wayfellow.desk.views.blocks import conflict_block_end, conflict_blocks
from wayfellow.desk.views.caseload import caseload
from wayfellow.desk.views.intake import intake
from wayfellow.desk.views.jump import jump
from wayfellow.desk.views.opened import opened
from wayfellow.desk.views.readers import address_reader_add
from wayfellow.desk.views.story import story
from wayfellow.desk.views.today import today

__all__ = [
    "address_reader_add", "audit", "caseload", "conflict_block_end", "conflict_blocks", "intake", "jump", "opened", "story", "today",
]  # fmt: skip
