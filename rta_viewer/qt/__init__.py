"""Qt plumbing without widgets: worker threads, throttles, bridges from engine threads to the GUI thread."""
