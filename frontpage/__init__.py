"""The front page and the rankings: what editors choose, what readers read, rate and discuss most.

The articles themselves, and the counters that rank them, live below.
"""
