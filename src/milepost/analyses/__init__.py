"""One question about a plan or its history per file. Pure: what they need to know is handed to them.

Topics with many questions have a folder. `forecasts` and `sprints` rest on `schedules`, and all three on the questions
about history that stand here.
"""
