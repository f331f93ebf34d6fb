"""What things cost, as ratios to a bare Django view on the same server in the same run.

`make bench` runs all of it.
"""
