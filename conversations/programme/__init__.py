"""programme.yaml, checked and typed: the scheme as its people wrote it."""
