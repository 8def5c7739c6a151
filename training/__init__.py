"""How the bundled English models are made, from public data: one command a model (see README.md)."""
