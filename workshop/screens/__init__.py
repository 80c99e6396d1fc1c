"""Makes and tests the screens: pictures, contact sheet, Amazon's renderer."""
