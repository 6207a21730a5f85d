"""Sample weeks for the demo: technical notes written for this project, and a local server that gives them out."""
