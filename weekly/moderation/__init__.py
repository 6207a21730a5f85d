"""What editors decide about readers' voices. Every decision is a person's: no job calls what stands here.

`comments` and `reports` decide, `correcting` brings a correction to the readers. `located` finds a report's quote in
the text of today, `lesson` guesses a glossary term from a correction.
"""

from weekly.moderation.lessons import Lesson, lesson
from weekly.moderation.locating import Located, located

__all__ = ["Lesson", "Located", "lesson", "located"]
