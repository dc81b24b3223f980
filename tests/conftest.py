"""What every test may use."""

import pytest
from hypothesis import settings

# A machine that is busy is no bug: what must be fast has a test that measures it.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden conversations anew")
