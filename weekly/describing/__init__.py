"""What machines are told of a page: search engines, social networks and programs that cite."""

from weekly.describing.head import Head, describe_page, describe_section, describe_tag

__all__ = ["Head", "describe_page", "describe_section", "describe_tag"]
