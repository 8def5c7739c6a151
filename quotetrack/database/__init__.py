"""The database: its schema, the writer that turns extractions into rows, and what people decided."""

from quotetrack.database.connection import DatabaseError, open_database

__all__ = ["DatabaseError", "open_database"]
