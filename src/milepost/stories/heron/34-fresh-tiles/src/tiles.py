"""Which tile of the map a place is on, and how long a tile is good for."""

from math import asinh, pi, radians, tan

DAY = 24 * 60 * 60


def tile_of(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place, in web Mercator."""
    tiles = 2**zoom
    column = (longitude + 180) / 360 * tiles
    row = (1 - asinh(tan(radians(latitude))) / pi) / 2 * tiles
    return int(column), int(row)


def is_fresh(drawn_at: float, now: float, changed_at: float) -> bool:
    """A tile is kept for a day, unless something on it has changed since."""
    return drawn_at >= changed_at and now - drawn_at < DAY
