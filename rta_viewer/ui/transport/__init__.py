"""Play, pause, speed, jumps, the date-and-time box, the cut, and the zone."""
