"""The digest by mail: who asked for it, what goes out and when, and what mail servers say."""
