"""Conditions on a plan, such as `due(public-beta) > 2027-03-01`: the language of `bisect` and of `assertions`. Pure."""
