"""Commission: what a trade costs, and what a price does to the business."""
