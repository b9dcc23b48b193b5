"""The static site: pages that open from a folder, below any address, without scripts and without the network."""

from __future__ import annotations

from milepost.render.site.material import Replay
from milepost.render.site.page import Page
from milepost.render.site.site import render_site
from milepost.render.web import WebAddress, parse_web_address

__all__ = ["Page", "Replay", "WebAddress", "parse_web_address", "render_site"]
