#!/usr/bin/env python3
"""Checks your project against a real Redis, a real worker and a real mail server, on this machine.

    python check.py          every step, up to the first that is not done
    python check.py 3        one step
    python check.py --all    every step, whatever comes before it

Exit code: 0 when every step asked for is done, 1 when one is not yet, 2 when the check could not be made.
Everything it starts is its own and ends with it. Your database is not touched.
"""

import sys

sys.dont_write_bytecode = True
if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])

try:
    import celery  # noqa: F401
    import django  # noqa: F401
    import redis  # noqa: F401
except ImportError as missing:
    print(f"{missing}. First:  python -m pip install -r requirements.txt", file=sys.stderr)
    sys.exit(2)

from checking.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], about=__doc__))
