"""The country's administrative units through time, and the reading of addresses that name them.

`shipped()` gives the units that come with the product; a `Resolver` tells which of them a text means, then
and now. No Django, no database.
"""

from nhipcau.core.places.resolving import Answer, Reading, Resolver, Status
from nhipcau.core.places.shipped import shipped
from nhipcau.core.places.units import Edge, Units, Version
from nhipcau.core.places.words import type_of

__all__ = ["Answer", "Edge", "Reading", "Resolver", "Status", "Units", "Version", "shipped", "type_of"]
