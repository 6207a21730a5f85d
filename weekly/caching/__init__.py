"""Whole public answers kept for all readers, and dropped when what they show changes.

papers.showing notes what an answer shows, `signals` tell what changed, `shelf` keeps and drops, `middleware` answers.
"""
