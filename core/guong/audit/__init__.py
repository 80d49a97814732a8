"""The questions an auditor asks of a book: data and a pure function each, answered from what the log and its rules leave."""
