"""The words that listings use, for correcting what somebody types."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models

LONGEST_WORD = 40


class SearchWord(models.Model):
    """A word as listings spell it, and in how many of them it stands. A job counts them."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    listings = models.PositiveIntegerField()

    class Meta:
        db_table = "search_words"
        indexes = [
            GistIndex(OpClass("word", name="gist_trgm_ops"), name="search_words_alike"),
            models.Index(OpClass("word", name="text_pattern_ops"), name="search_words_beginning"),
        ]

    def __str__(self) -> str:
        return self.word
