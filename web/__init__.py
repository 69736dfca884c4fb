"""What readers see: pages, forms, API, and the `dateline` command. No rules of its own.

The pages ask indexer's Catalogue and nothing else; only the command sees all three folders.
"""
