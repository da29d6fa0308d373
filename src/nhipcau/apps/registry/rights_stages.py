"""What can be done with a person's request, by where it stands."""

from __future__ import annotations

from nhipcau.apps.registry.models import RightsRequest

_S = RightsRequest.State
STEPS: dict[str, tuple[str, ...]] = {
    "acknowledge": (_S.RECEIVED,),
    "find": (_S.RECEIVED, _S.ACKNOWLEDGED),
    "check": (_S.RECEIVED, _S.ACKNOWLEDGED),
    "extend": (_S.RECEIVED, _S.ACKNOWLEDGED, _S.GRANTED),
    "grant": (_S.ACKNOWLEDGED,),
    "refuse": (_S.RECEIVED, _S.ACKNOWLEDGED),
    "copy": (_S.GRANTED,),
    "finish": (_S.GRANTED,),
    "take_back": (_S.RECEIVED, _S.ACKNOWLEDGED, _S.GRANTED),
}


def possible(request: RightsRequest, step: str) -> bool:
    """An extension is given once, where the terms of the request allow any."""
    if step == "extend" and (request.extended_on is not None or request.terms.get("extension") == 0):
        return False
    return request.state in STEPS[step]
