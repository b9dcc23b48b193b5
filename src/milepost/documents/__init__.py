"""Bytes to data with positions, and what is wrong with them. The only room that knows ruamel.yaml and jsonschema."""
