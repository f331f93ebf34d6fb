"""HTML that people type: the policy under which it is stored, and the tree of what passed it."""
