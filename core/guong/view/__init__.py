"""The read side: one SQLite file derived from the log, disposable, holding no name in clear."""
