"""The référente's desk: what she reads, what one tap of hers does, and what is said to whom because of it."""
