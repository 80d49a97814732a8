"""What the book is about, as pure values and functions: no input or output, no clock, no database."""
