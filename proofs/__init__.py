"""Proofs too slow for every commit: real browsers, big data, parts of the machine taken away.

`make proof` runs all of it, `make proof PROOFS=restored_form` one. A module is a proof: `main`
says in a line each what was seen and ends with an exit code other than 0 when something was not.
"""
