"""What things are: case, item, person, article, hand-over, stock. Immutable values, no input or output."""
