"""What a client book is: its tables, its files, its privacy."""
