"""Pin floors anew: `python -m tests.quality CORPUS`, see gate.py."""

import sys

from tests.quality.gate import main
from tests.quality.measures import MEASURES

sys.exit(main(sys.argv[1:], MEASURES))
