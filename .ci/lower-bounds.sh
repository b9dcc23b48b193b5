#!/bin/sh
# The tests with the oldest version of each direct dependency that pyproject.toml allows (docs/dependencies.md).
set -eu
cd "$(dirname "$0")/.."
.venv/bin/uv venv --quiet --clear --seed --python .venv/bin/python .venv/lowest
.venv/bin/uv pip install --quiet --python .venv/lowest --resolution lowest-direct --editable .
.venv/bin/uv pip install --quiet --python .venv/lowest --group test
.venv/bin/uv pip list --python .venv/lowest | grep -i -E '^(click|holidays|jinja2|jsonschema|numpy|pygit2|referencing|ruamel[.-]yaml) '
.venv/lowest/bin/python -m pytest -q -m 'not browser and not corpora and not editors' "$@"
