"""What can be done on the pages made of many parts."""

from wayfellow.access.verbs import Verb

TODAY_READ = Verb("desk.today.read", "saw you on their page of the day")
LIST_READ = Verb("desk.list.read", "saw you on their caseload list")
STORY_READ = Verb("desk.story.read", "opened your story")
JUMP_USE = Verb("desk.jump.use", "saw your name while looking for someone")
