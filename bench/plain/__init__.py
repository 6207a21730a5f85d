"""A page with a paper's content as a Wagtail site would have it by the manual, for comparison."""
