"""Log fields of an error: its type and location, without its message, which may quote a request."""

from __future__ import annotations


def failure(error: BaseException) -> dict[str, str]:
    """The log fields of an error."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
    return {"error": type(error).__name__, "at": place}
