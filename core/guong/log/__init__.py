"""The event log, on the eventsourcing library: the only truth; everything else is derived from it."""
