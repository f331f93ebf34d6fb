from care.models.care_card import CareCard, Level, Step
from care.models.help_line import HelpLine

__all__ = ["CareCard", "HelpLine", "Level", "Step"]
