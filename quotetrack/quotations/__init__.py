"""Quotations: the spans between marks, whether they are speech, and whose it is."""
