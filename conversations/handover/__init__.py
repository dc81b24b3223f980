"""From a resident's yes to the référente's call: the request, its life, and what each side sees of it."""
