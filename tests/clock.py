"""A clock that stands still at a moment of our choice. `set_clock` must run before the modules that it should reach are loaded."""

import datetime as dt
import time
from typing import Any

__all__ = ["set_clock"]

_real_datetime = dt.datetime
_real_date = dt.date


class _Mirror(type):
    """Every real moment counts as an instance of the replaced class, so that isinstance keeps its meaning."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real_datetime if issubclass(cls, _real_datetime) else _real_date)


def set_clock(seconds: float) -> None:
    """Lets `time` and `datetime` tell `seconds` since 1970 (UTC is the zone), for the rest of the process."""

    class Datetime(_real_datetime, metaclass=_Mirror):
        """datetime.datetime, standing still."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Datetime":
            return cls.fromtimestamp(seconds, tz or dt.UTC).replace(tzinfo=tz)

        @classmethod
        def utcnow(cls) -> "Datetime":
            return cls.now()

        @classmethod
        def today(cls) -> "Datetime":
            return cls.now()

    class Date(_real_date, metaclass=_Mirror):
        """datetime.date, standing still."""

        @classmethod
        def today(cls) -> "Date":
            now = Datetime.now()
            return cls(now.year, now.month, now.day)

    real_gmtime, real_strftime = time.gmtime, time.strftime

    def broken_down(moment: float | None = None) -> time.struct_time:
        return real_gmtime(seconds if moment is None else moment)

    def formatted(form: str, moment: Any = None) -> str:
        return real_strftime(form, broken_down() if moment is None else moment)

    replaced: dict[str, Any] = {"time": lambda: seconds, "time_ns": lambda: int(seconds * 1e9), "strftime": formatted}
    for name, function in (replaced | {"gmtime": broken_down, "localtime": broken_down}).items():
        setattr(time, name, function)
    vars(dt).update(datetime=Datetime, date=Date)
