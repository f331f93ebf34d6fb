from taxonomy.models.section import Section, SectionQuerySet
from taxonomy.models.tag import Tag, TagQuerySet

__all__ = ["Section", "SectionQuerySet", "Tag", "TagQuerySet"]
