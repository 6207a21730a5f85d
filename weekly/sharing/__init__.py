"""Pictures that go with a link when a week or a paper is shared: the page's own title, drawn by Pillow."""
