"""Layer cli: `python -m symattn` is the command `symattn`."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
