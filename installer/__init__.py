"""Makes a fresh clone run: environment, system packages, program, tests. Standard library only."""
