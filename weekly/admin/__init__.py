"""The editor's side of the digest: import a week, watch it being drafted, publish it."""
