"""What we hold: sources, blocks, cleaning, description, store.

Knows nothing of search engines, HTTP or HTML output; can be used and verified alone.
"""
