"""Public holidays by country and region: the only module that knows the library `holidays`.

It takes 0.2 s to import, so that happens when a calendar names a country, and never before.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache

_YEARS = range(1900, 2200)  # outside, nobody knows which days will be free, and the library may fail
_MOST = 12


@cache
def public_holidays(code: str, year: int) -> frozenset[date]:
    """The public holidays of a country (`DE`) or region (`DE-BE`) in one year; none for a code that is unknown."""
    if year not in _YEARS or not is_known_code(code):
        return frozenset()
    country, _, region = code.partition("-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on years for which a country's moving feasts are estimates
        from holidays import country_holidays

        return frozenset(country_holidays(country, subdiv=region or None, years=year))


def is_known_code(code: str) -> bool:
    """Whether there are holidays for a country or region of that code."""
    country, dash, region = code.partition("-")
    regions = _regions().get(country)
    return regions is not None and (not dash or region in regions)


def close_codes(code: str) -> tuple[str, ...]:
    """Codes that may have been meant: those of the regions for a country that is known, else similar countries."""
    country, _, region = code.upper().replace("_", "-").partition("-")
    regions = [one for one in _regions().get(country, ()) if len(one) <= 3]
    if country not in _regions():
        return tuple(get_close_matches(country, _regions(), n=3, cutoff=0.5))
    near = get_close_matches(region, regions, n=_MOST, cutoff=0.4) if len(regions) > _MOST else regions
    return (country, *(f"{country}-{one}" for one in near))


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    """Every country by its code of two letters, with its regions."""
    from holidays import list_supported_countries

    found = list_supported_countries(include_aliases=True)
    return {country: tuple(regions) for country, regions in sorted(found.items()) if len(country) == 2}
