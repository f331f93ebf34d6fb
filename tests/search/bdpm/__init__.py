"""Two files as the public medicines database writes them, with invented codes and lines."""

from pathlib import Path

FOLDER = Path(__file__).parent
