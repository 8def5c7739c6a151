"""Who is who across articles: see `linking`."""
