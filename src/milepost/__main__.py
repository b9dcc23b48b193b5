"""`python -m milepost`."""

from milepost.cli import run

if __name__ == "__main__":
    run()
