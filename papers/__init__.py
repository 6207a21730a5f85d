"""One paper: read it, draft it, hold it."""
