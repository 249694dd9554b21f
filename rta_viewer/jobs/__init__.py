"""Downloads and exports that outlive the process."""
