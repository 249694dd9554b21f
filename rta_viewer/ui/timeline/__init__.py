"""The timeline: what was recorded, where the playhead is, and the cut."""
