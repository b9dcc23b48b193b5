"""The words of a plan as frozen records. Nothing here reads a file, a clock or the network."""
