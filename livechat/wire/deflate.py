"""WebSocket text frames (RFC 6455) as bytes, plain or compressed (RFC 7692), made once for a whole room.

Compressed frames can be shared only because nobody's compressor remembers anything: both sides are told to
forget after each message, and the window is the smallest that browsers and libraries ask for. What is
compressed is what all may read; see docs/adr/0008-compressed-once.md.
"""

import struct
import zlib

# Below this a compressed text is hardly shorter, and every reader would unpack it all the same.
WORTH_COMPRESSING = 200
WINDOW_BITS = 12
LEVEL = 6
MEMORY_LEVEL = 8
TEXT = 0x81
COMPRESSED_TEXT = 0xC1
EMPTY_BLOCK = b"\x00\x00\xff\xff"
ONE_BYTE, TWO_BYTES = 125, 65_535


def frame(payload: bytes, *, first_byte: int = TEXT) -> bytes:
    """One whole unmasked message in one frame."""
    size = len(payload)
    if size <= ONE_BYTE:
        return bytes((first_byte, size)) + payload
    if size <= TWO_BYTES:
        return struct.pack("!BBH", first_byte, 126, size) + payload
    return struct.pack("!BBQ", first_byte, 127, size) + payload


def compressed_frame(payload: bytes) -> bytes:
    """The same compressed, for readers who agreed to it; plain where that is not worth it."""
    if len(payload) < WORTH_COMPRESSING:
        return frame(payload)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW_BITS, MEMORY_LEVEL)
    packed = packer.compress(payload) + packer.flush(zlib.Z_SYNC_FLUSH)
    packed = packed.removesuffix(EMPTY_BLOCK)
    return frame(packed, first_byte=COMPRESSED_TEXT) if len(packed) < len(payload) else frame(payload)
