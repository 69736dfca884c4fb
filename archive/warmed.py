"""Imported once by the process that workers are copied from, so that none of them loads everything by itself."""

import gc

from archive.describing import ByRules, Task
from archive.model import Given
from archive.rules import load_rule_set
from archive.sources import make_page
from archive.workers import attempt

HTML = b"""<html><head><title>A page</title><meta property="og:title" content="A page"></head><body><article>
<h1>A page</h1><p class="byline">By Jane Roe</p>
<p>A line of text, by nobody, of 3 May 2016, as far as anybody knows.</p>
<figure><img src="x"><figcaption>A picture of nothing (Photo: nobody)</figcaption></figure></article>
<div class="comments"><div class="comment"><p>A reader's words.</p></div></div></body></html>"""
TEXT = "A page\n\nA line of text, by nobody (Никто), of 3 May 2016.\n".encode()

# Whatever describing loads when it is first needed, authorities and models, it needs for one of these pages.
for _name, _content, _type in (("page.html", HTML, "text/html"), ("page.txt", TEXT, "text/plain")):
    attempt(ByRules(load_rule_set()), Task(make_page(_name, _content, _type), Given()))
gc.freeze()  # what is loaded by now stays shared between the copies
# A page's values hold no circles; looking for some after every few hundred finds none and takes its time.
gc.set_threshold(100_000, 10, 10)
