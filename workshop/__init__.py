"""What builds the skill and proves it. Nothing in here ships."""
