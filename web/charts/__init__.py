"""Charts: what a result looks like on a map, worked out as numbers; templates draw them, and nothing here asks."""
