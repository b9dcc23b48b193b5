"""What the commands that write share: questions, checks before and after, one writer at a time, and saving."""
