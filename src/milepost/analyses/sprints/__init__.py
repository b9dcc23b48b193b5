"""What does the team finish in a sprint, what is in this one, and what comes next?"""
