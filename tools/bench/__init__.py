"""`make bench`: the pages under a big record, on both databases, beside the cheapest page that does the same duty."""
