"""For whoever watches the server: does it answer, and does the audit still stand?"""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from wayfellow.access import readiness
from wayfellow.access.marks import public_view

log = logging.getLogger("wayfellow.access")


@public_view(why="A watcher has no account, and the answer is one word that says nothing of anyone.")
def ready(request: HttpRequest) -> HttpResponse:
    """ "ready", or 503 and "not ready"; what is wrong stands in the log only."""
    try:
        wrong = readiness.broken_now()
    except DatabaseError as error:
        wrong = [f"The database doesn't answer ({type(error).__name__})."]
    for line in wrong:
        log.error(line)
    return HttpResponse("not ready" if wrong else "ready", status=503 if wrong else 200, content_type="text/plain")
