"""The widgets, one package a panel. They receive ports and signals, they make nothing."""
