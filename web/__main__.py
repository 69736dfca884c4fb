"""`python -m web` is the `dateline` command."""

from web.cli import main

if __name__ == "__main__":
    main()
