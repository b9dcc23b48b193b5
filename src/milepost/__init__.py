"""Milepost: a team's plan as YAML in its own git repository."""

__version__ = "0.1.0"
