"""The exit codes of every command, and the one place that maps an error to its code."""

from enum import IntEnum


class Exit(IntEnum):
    """What a finished command tells a script."""

    OK = 0
    """Done; nothing to add."""
    FAILED = 1
    """The reader of our output has gone, or the program itself has a fault; no entry was harmed."""
    USAGE = 2
    """The command line itself is wrong: unknown command, option or setting."""
    REFUSED = 3
    """An answer is missing or wrong, or a rule refuses the step; nothing was recorded."""
    NO_BOOK = 4
    """There is no book here, it is of a newer version, or it cannot be written to."""
    DAMAGED = 5
    """The log, a key or a piece of evidence is damaged or missing."""
    PLUGIN = 6
    """A plugin that is needed is missing, refused or not trusted, or one that is checked has a fault."""
    BUSY = 7
    """Another program holds the book, or the disk is full; try again."""
    INTERRUPTED = 130
    """Stopped by the keyboard, also at a prompt; nothing was recorded."""
