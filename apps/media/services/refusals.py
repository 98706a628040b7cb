"""What can be wrong with an upload. Each names the field it came in (`details.fields`)."""

from ghar.errors import BadRequest, NotFound, TooLarge


class InvalidFile(BadRequest):
    """A file is of no kind that is stored here."""

    code = "INVALID_FILE"
    message = "Invalid file type"


class FileTypeMismatch(BadRequest):
    """What is in a file is not what it is said to be, or it is damaged."""

    code = "INVALID_FILE_TYPE"
    message = "The content of the file is not what its type says."


class ImageTooLarge(BadRequest):
    """Decoded, the picture would be too large."""

    code = "IMAGE_TOO_LARGE"
    message = "The picture has too many pixels."


class FileTooLarge(TooLarge):
    """A file has more bytes than MAX_UPLOAD_SIZE_MB."""


class SizeMismatch(BadRequest):
    """The file is not as large as was said."""

    code = "FILE_SIZE_MISMATCH"
    message = "The file has another size than was declared."


class PlaceMissing(BadRequest):
    """This kind of file belongs to something, which must be named."""

    code = "UPLOAD_PLACE_MISSING"


class PlaceNotFound(NotFound):
    """There is no such listing or tour, or it is not for the actor to add files to."""

    code = "UPLOAD_PLACE_NOT_FOUND"


class UploadNotFound(NotFound):
    """Nobody announced this upload, or somebody else did."""

    code = "UPLOAD_NOT_FOUND"
    message = "Upload not found"


class FileNotArrived(NotFound):
    """The upload was announced, but the file is not there yet."""

    code = "FILE_NOT_IN_STORAGE"
    message = "File not found in storage"
