"""What a text is found by, what a question means, and how a hit is shown: plain values alone."""
