from nhipcau.apps.files.models.upload import Upload
from nhipcau.apps.files.models.work import LongWork

__all__ = ["LongWork", "Upload"]
