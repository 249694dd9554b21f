"""The days that have footage, and how much: a month at a time."""
