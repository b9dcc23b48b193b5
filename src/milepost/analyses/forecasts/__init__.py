"""How likely is each date, and what drives it? The plan in many worlds, by what the team's own past says."""
