"""One module per unit: its practice, its questions, their keys and known wrong answers."""
