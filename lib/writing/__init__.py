"""What people write, character by character, and how it is shown. Pure, and knows nothing of ours.

Which characters are kept, what is a link, which spaces French puts between words.
"""
