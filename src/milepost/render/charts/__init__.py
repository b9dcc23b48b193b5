"""Charts as geometry: pure functions from records to positions, rounded to a tenth. Templates draw them as SVG."""
