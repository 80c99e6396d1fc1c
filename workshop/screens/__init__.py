"""What makes and tries the screens: drawings, contact sheet, Amazon's own renderer. Not part of the skill."""
