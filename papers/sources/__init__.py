"""Where papers come from: metadata and PDFs of arXiv, PDFs elsewhere on the web, and the text of their pages."""
