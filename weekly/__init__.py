"""The digest: collect a week's papers, publish, hear back."""
