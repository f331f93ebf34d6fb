from taxonomy.models.care_card import CareCard
from taxonomy.models.section import Section, SectionQuerySet
from taxonomy.models.tag import Tag, TagQuerySet

__all__ = ["CareCard", "Section", "SectionQuerySet", "Tag", "TagQuerySet"]
