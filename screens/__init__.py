"""What makes and tries the screens: the drawings, the contact sheet, and Amazon's own renderer. Not part of the skill."""
