"""What builds the skill and proves it. Nothing here ships."""
