"""`make endurance-proof`: each planted mistake must make the test fail that promises to notice it."""

import re
import subprocess
import sys

from tests.bot.conftest import ROOT
from tests.endurance.planted import MISTAKES

FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


def main() -> int:
    """Say for each mistake who noticed it; 1 where nobody did."""
    survived = 0
    for name, mistake in MISTAKES.items():
        words = mistake.noticed_by.split()
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--plant", name, *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        found = FAILED.search(run.stdout)
        survived += found is None
        sys.stdout.write(f"{mistake.what:32} → {found[1] if found else 'NOBODY NOTICED'}\n")
        sys.stdout.flush()
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
