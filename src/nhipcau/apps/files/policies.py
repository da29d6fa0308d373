"""Who may upload, and who may remove a file for good."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.files.models import LongWork, Upload

policy(
    Upload,
    create=lambda scope, _user, _o: scope.has("coordinator", "leader", "officer", "commune_officer"),
    remove=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
)
policy(LongWork)
