"""What one may say, sell and advise."""
