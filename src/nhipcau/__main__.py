"""`python -m nhipcau` is the `nhipcau` command."""

import sys

from nhipcau.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
