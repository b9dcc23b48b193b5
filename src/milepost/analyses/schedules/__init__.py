"""When can everything be done, by whom, and what decides that? The plan as a network, laid on the calendar."""
