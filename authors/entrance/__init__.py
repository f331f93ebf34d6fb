"""The way into an account: sign-up, the links that confirm an address, what nobody confirms."""
