"""Which tile of the map a place is on."""

from math import asinh, pi, radians, tan


def tile_of(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place, in web Mercator."""
    tiles = 2**zoom
    column = (longitude + 180) / 360 * tiles
    row = (1 - asinh(tan(radians(latitude))) / pi) / 2 * tiles
    return int(column), int(row)
