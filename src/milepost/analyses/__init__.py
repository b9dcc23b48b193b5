"""One question about a plan or its history per file. Pure: what they need to know is handed to them."""
