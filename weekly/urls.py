"""Public addresses beside the pages themselves. Include it wherever the host site likes; names are reversed."""

app_name = "weekly"
urlpatterns: list = []
