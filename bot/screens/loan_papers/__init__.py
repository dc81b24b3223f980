"""A loan on paper: the picture for a phone, and the page to keep."""
