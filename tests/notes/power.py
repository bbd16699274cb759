"""Run by test_power.py in a process of its own: makes the record that the test writes into. Prints the cookie, and the
keys of the client and of a note that is begun."""

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.factories import notes as make_notes  # noqa: E402
from tests.factories import programs as make  # noqa: E402

call_command("migrate", verbosity=0)
worker = make.staff(make.agency(), name="Renee Castellanos")
client = make.client_of(worker)
begun = make_notes.note(client, worker)
session = SessionStore()
session[SESSION_KEY] = str(worker.user.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = worker.user.get_session_auth_hash()
session.save()
print(session.session_key, client.pk, begun.pk)
