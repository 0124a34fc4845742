"""The three looks: paper by day, paper by night, and the terminal's own sixteen colours.

Ink comes in three strengths (`$ink`, `$muted`, `$faint`), one accent says where the
reader is, amber warns, red is an error. The five highlight colours belong to the
reader's highlights alone. Everything said by a colour is also said by a shape, so the
ANSI theme, NO_COLOR and colour-blind eyes lose nothing.
"""

from textual.color import Color as Hue
from textual.theme import Theme

from reader.passages import Color

HIGHLIGHTS = tuple(color.value for color in Color)
"""Colours of highlights: `$highlight-yellow` and so on are grounds for `$ink`. Of each there is a
`-deep` one, where two overlap and for the one in focus, and an `-ink` for its sign in the margin."""

_DEPTH = 0.22  # how much of its ink a deep ground takes; more, and `$ink` is hard to read on it


def _paper(name: str, *, dark: bool, background: str, ink: str, accent: str, **colours: str) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        accent=accent,
        background=background,
        surface=background,
        panel=colours["shade"],
        foreground=ink,
        warning=colours["warning"],
        error=colours["error"],
        variables={
            "ink": ink,
            "block-cursor-text-style": "none",
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": colours["found"],
            "scrollbar": colours["rule"],
            "scrollbar-hover": colours["faint"],
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "screen-selection-background": colours["selected"],
            "screen-selection-foreground": ink,
        }
        | {name.replace("_", "-"): colour for name, colour in colours.items()}
        | {f"highlight-{name}-deep": _deep(name, colours) for name in HIGHLIGHTS},
    )


def _deep(name: str, colours: dict[str, str]) -> str:
    ground = Hue.parse(colours[f"highlight_{name}"])
    return ground.blend(Hue.parse(colours[f"highlight_{name}_ink"]), _DEPTH).hex


# Contrast on the background, WCAG 2.1: ink over 12, muted over 5.5, faint over 3.5, accent over 5.5.
PAPER_LIGHT = _paper(
    "paper-light",
    dark=False,
    background="#faf7f0",
    ink="#2a2723",
    muted="#655f55",
    faint="#867f72",
    accent="#1d5f8f",
    warning="#8f5a00",
    error="#a8322d",
    shade="#f0ebdf",
    cursor="#efe9dc",
    rule="#d9d2c3",
    found="#f6dfa0",
    selected="#dcd5c4",
    found_here="#f0b95b",
    highlight_yellow="#faecb0",
    highlight_green="#d5eccb",
    highlight_blue="#d0e4f5",
    highlight_pink="#f8d8df",
    highlight_orange="#fbdfc0",
    highlight_yellow_ink="#7a6200",
    highlight_green_ink="#2f6d28",
    highlight_blue_ink="#1d5f8f",
    highlight_pink_ink="#a03358",
    highlight_orange_ink="#9a4a00",
)
PAPER_DARK = _paper(
    "paper-dark",
    dark=True,
    background="#1a1917",
    ink="#ddd7cb",
    muted="#a39c8f",
    faint="#7d776c",
    accent="#8bbce0",
    warning="#dca84c",
    error="#e8837c",
    shade="#24221f",
    cursor="#2b2925",
    rule="#3a3732",
    found="#554419",
    selected="#54504a",
    found_here="#705412",
    highlight_yellow="#4d4315",
    highlight_green="#28451f",
    highlight_blue="#1d3f5c",
    highlight_pink="#562b3a",
    highlight_orange="#5c3413",
    highlight_yellow_ink="#d9c04a",
    highlight_green_ink="#86c474",
    highlight_blue_ink="#7db6e8",
    highlight_pink_ink="#e88fa9",
    highlight_orange_ink="#e59a57",
)

_HUES_ANSI = {
    "yellow": "ansi_yellow",
    "green": "ansi_green",
    "blue": "ansi_blue",
    "pink": "ansi_magenta",
    "orange": "ansi_red",
}

# The background and the body ink are the terminal's own: whatever the reader chose
# there is right. Muted is plain ink, since bright black is unreadable in some palettes
# and must carry nothing that has to be read.
ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    accent="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ink": "ansi_default",
        "muted": "ansi_default",
        "faint": "ansi_bright_black",
        "shade": "ansi_default",
        "cursor": "ansi_default",
        "rule": "ansi_bright_black",
        "found": "ansi_yellow",
        "found-here": "ansi_bright_yellow",
        **{
            f"highlight-{name}{kind}": hue
            for name, hue in _HUES_ANSI.items()
            for kind in ("", "-deep", "-ink")
        },
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "input-cursor-text-style": "reverse",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)

THEMES: tuple[Theme, ...] = (PAPER_DARK, PAPER_LIGHT, ANSI)


def next_theme(name: str) -> Theme:
    """Return the theme after the one of this name, the first after the last or a stranger."""
    names = [theme.name for theme in THEMES]
    return THEMES[(names.index(name) + 1) % len(THEMES)] if name in names else THEMES[0]
