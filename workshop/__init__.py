"""What builds the skill and proves it: models, checks, review, bundle, bench, screens, peers. Nothing here ships."""
