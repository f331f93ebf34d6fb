"""What guards an account while somebody tries to open it: how often, from where, with what."""
