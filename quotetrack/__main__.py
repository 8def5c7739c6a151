"""`python -m quotetrack`: the command, where a virtual environment's programs are not on the path."""

from quotetrack.cli import main

if __name__ == "__main__":
    main()
