"""The shapes that are trained here, by name, and the one that a checkpoint was written with."""

from mobilenet import MobileShape
from student import HEADSTART_128, Shape

SHAPES = {"128": HEADSTART_128, "mobile-120": MobileShape()}


def shape_of(stored):
    """From the numbers of a checkpoint."""
    return (Shape if "stem" in stored else MobileShape)(**stored)
