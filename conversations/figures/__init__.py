"""The year in figures: what is counted of a request, what is computed, and which small numbers are hidden."""
