"""What schemathesis does not know by itself: bodies of the media types that are only bytes."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def pieces(ctx, value):
    """A piece of an upload (tus) is sent as it is."""
    data = getattr(value, "data", value)
    if isinstance(data, bytes):
        return data
    return str(data).encode("utf-8", "ignore")
