"""What a book says about its clients: measures, tiers."""
