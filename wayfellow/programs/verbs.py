"""What can be done with the agency, its programs and staff, and with episodes of care."""

from wayfellow.access.verbs import Verb

SETTINGS_READ = Verb("programs.settings.read", "looked at the agency's settings")
SETTINGS_CHANGE = Verb("programs.settings.change", "changed the agency's settings", writes=True)
STAFF_READ = Verb("programs.staff.read", "looked at the list of staff")
STAFF_CHANGE = Verb("programs.staff.change", "changed a colleague's roles", writes=True)
COVER_MINE = Verb("programs.cover.mine", "arranged who covers for them", writes=True)
COVER_CHANGE = Verb("programs.cover.change", "arranged who covers for someone", writes=True)
QUEUE_READ = Verb("programs.queue.read", "saw you among the people waiting for a worker")
EPISODE_READ = Verb("programs.episode.read", "saw which programs you are in")
EPISODE_OPEN = Verb("programs.episode.open", "opened a stay in a program for you", writes=True)
EPISODE_CHANGE = Verb("programs.episode.change", "changed your support level or how often to be in touch", writes=True)
EPISODE_CLOSE = Verb("programs.episode.close", "closed your stay in a program", writes=True)
EPISODE_ASSIGN = Verb("programs.episode.assign", "chose who works with you", writes=True)
BREAKGLASS_ASK = Verb("programs.breakglass.ask", "asked to open your record in an emergency", writes=True)
BREAKGLASS_REVIEW = Verb(
    "programs.breakglass.review", "checked why your record was opened in an emergency", writes=True
)
