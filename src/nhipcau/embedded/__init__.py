"""The embedded PostgreSQL server and its supervisor; knows no Django.

`ensure_server(default_data_dir())` gives a running server with its roles and database.
"""

from nhipcau.embedded.client import Server, ensure_server, release, running_server, stop_server
from nhipcau.embedded.errors import EmbeddedError
from nhipcau.embedded.layout import default_data_dir

__all__ = [
    "EmbeddedError",
    "Server",
    "default_data_dir",
    "ensure_server",
    "release",
    "running_server",
    "stop_server",
]
