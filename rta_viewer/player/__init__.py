"""Playing: the backend contract, libVLC behind it, and the engine that finds the asked picture."""
