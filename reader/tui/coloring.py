"""The keys of the colours, where there are highlights: one for each."""

from reader.passages import Color
from reader.tui.keyed import Part

COLORS = tuple(Color)


class Coloring(Part):
    """A part with highlights in hand. A subclass colours them (`color`)."""

    def color(self, color: Color) -> None:
        """Colour what is meant. For subclasses."""
        raise NotImplementedError

    def action_color_1(self) -> None:
        """Yellow."""
        self.color(COLORS[0])

    def action_color_2(self) -> None:
        """Green."""
        self.color(COLORS[1])

    def action_color_3(self) -> None:
        """Blue."""
        self.color(COLORS[2])

    def action_color_4(self) -> None:
        """Pink."""
        self.color(COLORS[3])

    def action_color_5(self) -> None:
        """Orange."""
        self.color(COLORS[4])
