"""How fast is this bot beside its peers, and does it stay so as it fills up? `make bench` answers."""
