"""A show's own look: checked when it is saved, laid over the holiday's two colours, told as a stylesheet.

Defaults, each over the one before: the house's paper, the brand's colour, the holiday's two, the show's own.
`of(event)` is what everything that draws a show reads: pages, the room, share cards.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.domain.images import delete_renditions, render_image
from catalog.queries import Rendition
from events.domain import look_tokens
from events.domain.colours import HEX, MARK, TEXT, best_on, contrast, nearest
from events.domain.look_tokens import INK, METAL, PAPER, STAGE, STAGE_METAL, STAGE_TEXT, Surface, Tokens
from events.enums import OVER, Backdrop, TypeAccent
from events.errors import BadLook, NotEditable
from events.models import Event, EventLook

COLOURS = ("ground", "writing", "accent", "stage", "glow")
FIELDS = (*COLOURS, "type_accent", "backdrop")
DIGEST = 10  # characters of the stylesheet's version


@dataclass(frozen=True)
class Look:
    """What a show wears, with nothing left open, by surface: its pages, its poster, the room.

    `own_page` and `own_stage` say whether they differ from the house's; without them a page stays paper.
    """

    slug: str
    page: Surface
    poster: Surface
    stage: Surface
    own_page: bool
    own_poster: bool
    own_stage: bool
    type_accent: TypeAccent
    backdrop: Backdrop
    picture: list[Rendition]
    picture_alt: str

    @cached_property
    def css(self) -> str:
        """The look as rules that set nothing but custom properties on `[data-look="<slug>"]`."""
        if not (paper := self.paper_tokens) and not self.stage_tokens:
            return ""
        here = f'[data-look="{self.slug}"]'
        return "\n".join(
            [
                _rule(f"{here}:not(.on-stage)", paper),
                _rule(f".on-stage{here}, .on-stage {here}", self.stage_tokens),
            ]
        )

    @property
    def paper_tokens(self) -> Tokens:
        """What differs from the house on a page."""
        return _surface(self.page, PAPER, self.own_page) | self._common

    @property
    def stage_tokens(self) -> Tokens:
        """What differs from the house in the room."""
        pigments = look_tokens.stage(self.stage) if self.stage.ground != STAGE else {}
        return _surface(self.stage, STAGE, self.own_stage) | pigments | self._common

    @property
    def _common(self) -> Tokens:
        """Poster, type and pattern are the same on paper and on the stage."""
        poster = look_tokens.poster(self.poster) if self.own_poster else {}
        common = poster | look_tokens.TYPES[self.type_accent]
        if self.backdrop == Backdrop.NONE:
            return common
        return common | {"--backdrop": f'url("{backdrop_url(self.backdrop)}")'}

    @cached_property
    def version(self) -> str:
        """Changes with what the stylesheet says, so that it may be kept for ever; empty without a sheet."""
        return hashlib.sha256(self.css.encode()).hexdigest()[:DIGEST] if self.css else ""

    @property
    def faces(self) -> dict[str, str]:
        """Media query -> file of the face its titles need beside the house's own, for loading early."""
        return look_tokens.FACES.get(self.type_accent, {})

    @property
    def url(self) -> str:
        """Where the stylesheet is; empty when the show wears nothing of its own."""
        return reverse("look-event", args=[self.slug, self.version]) if self.version else ""


def of(event: Event) -> Look:
    """What `event` wears. Reads its look, holiday and brand."""
    return worn(event, getattr(event, "look", None))


def worn(event: Event, row: EventLook | None) -> Look:
    """What `event` wears with `row` over what it has anyway; `row` needs not be saved."""
    mine = row or EventLook()
    base = _base_poster(event)
    own_page = bool(mine.ground or mine.accent)
    ground, writing = mine.ground or PAPER, mine.writing or INK
    page = Surface(ground, writing, mine.accent or (writing if mine.ground else METAL))
    stage_ground = mine.stage or STAGE
    return Look(
        slug=event.slug,
        page=page,
        poster=page if mine.ground else base,
        stage=Surface(stage_ground, STAGE_TEXT, mine.glow or _glow(mine.accent, stage_ground)),
        own_page=own_page,
        own_poster=bool(mine.ground) or (event.holiday_id is None and base.ground.lower() != INK),
        own_stage=bool(mine.stage or mine.glow or mine.accent),
        type_accent=TypeAccent(mine.type_accent),
        backdrop=Backdrop(mine.backdrop),
        picture=mine.picture,
        picture_alt=mine.picture_alt,
    )


def own(event: Event) -> EventLook:
    """The look of `event` as a row; an empty one, not saved, when it wears nothing of its own."""
    return getattr(event, "look", None) or EventLook(event_id=event.pk)


def tried(event: Event, **values: str) -> EventLook:
    """A look that is not saved, for looking at it. Raises BadLook when it is none; pairs may not pass yet."""
    look = EventLook(event_id=event.pk, **values)
    _choose(look)
    _well_formed(look)
    return look


def backdrop_url(backdrop: Backdrop) -> str:
    """Where the drawing of a pattern is."""
    return reverse("look-backdrop", args=[backdrop.value])


def check(look: EventLook) -> None:
    """BadLook at the first pair that cannot be told apart, with a colour that passes."""
    _well_formed(look)
    for pair in pairs(look):
        pair.check()


def _well_formed(look: EventLook) -> None:
    for field in COLOURS:
        value = getattr(look, field)
        if value and not HEX.fullmatch(value):
            raise BadLook(_("Write a colour like #9e1b16, or leave it empty."), field=field)
    if bool(look.ground) != bool(look.writing):
        field = "writing" if look.ground else "ground"
        raise BadLook(_("Ground and writing belong together: give both, or neither."), field=field)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet; `field` is the one to change, and `other` what it is seen on or under."""

    field: str
    name: str
    colour: str
    other: str
    least: float

    @property
    def ratio(self) -> float:
        # Rounded down, so that 4.49 never reads as enough.
        return int(contrast(self.colour, self.other) * 10) / 10

    @property
    def passes(self) -> bool:
        return contrast(self.colour, self.other) >= self.least

    @property
    def offer(self) -> str:
        """The nearest colour that passes."""
        return self.colour if self.passes else nearest(self.colour, self.other, self.least)

    def check(self) -> None:
        if self.passes:
            return
        words = _("%(pair)s: %(ratio)s to 1, and it takes %(least)s. The nearest that passes is %(offer)s.")
        told = {"pair": self.name, "ratio": self.ratio, "least": f"{self.least:g}", "offer": self.offer}
        raise BadLook(words % told, field=self.field, offer=self.offer)


def pairs(look: EventLook) -> list[Pair]:
    """What meets what in `look`, text first. Colours must be well-formed."""
    ground, stage = look.ground or PAPER, look.stage or STAGE
    found = []
    if look.ground and look.writing:
        found.append(Pair("writing", _("Writing on the ground"), look.writing, look.ground, TEXT))
    if look.accent:
        found.append(Pair("accent", _("Accent on the ground"), look.accent, ground, MARK))
    if look.stage:
        found.append(Pair("stage", _("Ground of the stage under its text"), look.stage, STAGE_TEXT, TEXT))
    if look.glow:
        found.append(Pair("glow", _("Accent on the stage"), look.glow, stage, MARK))
    return found


@transaction.atomic
def set_look(event: Event, **values: str) -> EventLook:
    """Change what `values` names (see FIELDS). Raises BadLook, and NotEditable when the show is over."""
    if unknown := values.keys() - set(FIELDS):
        raise TypeError(f"not of a look: {sorted(unknown)}")
    look = _open(event)
    for field, value in values.items():
        setattr(look, field, value.lower())
    _choose(look)
    check(look)
    look.save(update_fields=FIELDS)
    _changed(event, look)
    return look


def undress(event: Event) -> None:
    """Wear nothing of its own any more; the picture stays. Raises NotEditable when the show is over."""
    set_look(event, **dict.fromkeys(COLOURS, ""), type_accent=TypeAccent.ROMAN, backdrop=Backdrop.NONE)


def set_picture(event: Event, *, data: bytes, alt: str) -> EventLook:
    """Put an uploaded picture on the poster. Raises BadImage, and NotEditable when the show is over."""
    look = _open(event)
    return _keep_picture(event, look, render_image(data).renditions, alt)


def remove_picture(event: Event) -> EventLook:
    """Take the picture and its files away. Raises NotEditable when the show is over."""
    return _keep_picture(event, _open(event), [], "")


def _keep_picture(event: Event, look: EventLook, renditions: list[Rendition], alt: str) -> EventLook:
    before = look.picture
    look.picture, look.picture_alt = renditions, alt
    look.save(update_fields=["picture", "picture_alt"])
    delete_renditions(before)
    _changed(event, look)
    return look


def _open(event: Event) -> EventLook:
    if event.state in OVER:
        raise NotEditable(_("The show is over. What it was stays as it was."))
    look, _made = EventLook.objects.select_for_update().get_or_create(event=event)
    return look


def _changed(event: Event, look: EventLook) -> None:
    """Whoever has the older plan open is told so when saving."""
    look.event = event
    Event.objects.filter(pk=event.pk).update(version=F("version") + 1)
    event.version += 1


def _choose(look: EventLook) -> None:
    for field, choices in (("type_accent", TypeAccent), ("backdrop", Backdrop)):
        if getattr(look, field) not in choices.values:
            raise BadLook(_("There is no such choice."), field=field)


def _base_poster(event: Event) -> Surface:
    """The holiday's two colours, else the brand's own with what can be read on it."""
    info = event.holiday.info if event.holiday else None
    if info:
        ground, writing = info.colours
        return Surface(ground, writing, writing)
    ground = event.brand.ink if HEX.fullmatch(event.brand.ink) else INK
    writing = best_on(ground, PAPER, INK)
    return Surface(ground, writing, writing)


def _glow(accent: str, stage: str) -> str:
    """The page's accent where the stage shows it, else the house's metal, else what can be seen there."""
    for colour in (accent, STAGE_METAL):
        if colour and contrast(colour, stage) >= MARK:
            return colour
    return STAGE_TEXT


def _surface(surface: Surface, house: str, own: bool) -> Tokens:
    if not own:
        return {}
    return look_tokens.accents(surface) if surface.ground == house else look_tokens.roles(surface)


def _rule(selector: str, tokens: Tokens) -> str:
    told = " ".join(f"{name}: {value};" for name, value in tokens.items())
    return f"{selector} {{ {told} }}" if told else ""
