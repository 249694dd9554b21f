"""Which keys start which action: showing them, changing them."""
