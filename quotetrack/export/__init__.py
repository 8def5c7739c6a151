"""What was found, in forms that other programs read."""
