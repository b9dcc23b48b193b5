"""Import and export: what other programs keep of plans, as data of ours."""
