"""The audit terminal UI."""
