"""What the staff shell shows. `ui` knows nobody: the desk fills this in a context processor, under the name `shell`."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places in the rail. `icon` is a name in data/icons.txt; `key` is the letter after G on the keyboard."""

    url: str
    label: str
    icon: str
    current: bool = False
    count: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Recent:
    """Someone whose page was open not long ago. `id` gives the hue of the initials."""

    url: str
    name: str
    id: object


@dataclass(frozen=True, slots=True)
class Banner:
    """A standing message above every page. `kind`: "" (plain), honey, moss, pine, berry (a person's safety only)."""

    title: str
    text: str = ""
    kind: str = ""
    icon: str = "info-circle"
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around a staff page. An empty address leaves its link out, so that what isn't built isn't offered."""

    places: Sequence[Place] = ()
    recent: Sequence[Recent] = ()
    me_name: str = ""
    me_detail: str = ""
    initials: str = ""
    hue: int = 1
    safety_url: str = ""
    jump_url: str = ""
    sign_out_url: str = ""
    banners: Sequence[Banner] = field(default_factory=tuple)
    home_url: str = "/"
    me_url: str = ""
    new_note_url: str = ""  # about this client, if the page is about one
    lock_url: str = ""  # where the page goes when nobody has touched it for `lock_minutes`
    stay_url: str = ""  # what "I'm here" posts to, so that the server knows of it too
    lock_minutes: int = 10
    is_keys_on: bool = True

    @property
    def tabs(self) -> Sequence[Place]:
        """The places that fit beside Note and More at the foot of a phone: Today, Clients, and the third that has a count."""
        return [*self.places[:2], *[place for place in self.places[2:] if place.icon == "layout-kanban"][:1]]

    @property
    def more(self) -> Sequence[Place]:
        """The places that the phone's foot has no room for."""
        shown = {place.url for place in self.tabs}
        return [place for place in self.places if place.url not in shown]
