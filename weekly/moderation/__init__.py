"""What editors decide about readers' voices. Every decision is a person's: no job calls what stands here.

`comments` and `reports` decide, `correcting` brings a correction to the readers. `locating` finds a report's quote in
the text of today, `lessons` guesses a glossary term from a correction.
"""
