"""`python -m symattn` is the command `symattn`."""

from symattn.cli import command

if __name__ == "__main__":
    command()
