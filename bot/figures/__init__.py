"""The year in figures, printed: as text, as a page for A4, as JSON. What may be told was decided before."""
