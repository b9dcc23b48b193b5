"""Joins repository and documents: files become plans, revisions become histories. Decides nothing else."""
