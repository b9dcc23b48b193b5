"""Networks of activities as numbers: dates, people, chance. Knows nothing of plans; the only room that knows numpy."""
