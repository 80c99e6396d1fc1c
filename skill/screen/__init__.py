"""How it looks: a reply as an APL 1.4 document for a device with a screen. Imported only when there is one."""

from skill.screen.directive import TOKEN, directive

__all__ = ["TOKEN", "directive"]
