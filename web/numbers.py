"""Numbers in addresses and forms: those a database can hold, and nothing longer."""

from flask import request
from werkzeug.routing import IntegerConverter, ValidationError

from web.address import bounded

LONGEST = 15  # digits
MOST = 10**LONGEST - 1


class Number(IntegerConverter):
    """A number in an address; one too long to be that of anything leads to no page."""

    def to_python(self, value: str) -> int:
        """Return the number; ValidationError when it is too long."""
        if len(value) > LONGEST:
            raise ValidationError
        return int(super().to_python(value))


def sent_number(name: str) -> int:
    """Return a number that was sent, in a form or an address; 0 when there is none."""
    return bounded(request.values.get(name), default=0, least=0, most=MOST)
