"""Pages are sent compressed to who reads them so: facets repeat themselves, and travel in a tenth of their size."""

import gzip

from flask import Response, request

SMALLEST = 1_500  # bytes; below, a packet is a packet
LEVEL = 5
KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def compress(response: Response) -> Response:
    """Compress a whole text when its reader takes gzip; what is streamed or sent from a file stays as it is."""
    if response.is_streamed or response.direct_passthrough or not (response.mimetype or "").startswith(KINDS):
        return response
    response.vary.add("Accept-Encoding")
    if request.method == "HEAD" or not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return response
    data = response.get_data()
    if len(data) >= SMALLEST:
        response.set_data(gzip.compress(data, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
