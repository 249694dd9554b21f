import ctypes
import gc

import pytest

from rta_viewer.player.vout_buffers import VoutBuffers


def write(address: int, value: int, count: int) -> None:
    ctypes.memset(address, value, count)


def test_what_was_written_is_shown() -> None:
    buffers = VoutBuffers()
    output, stride = buffers.begin(30, 4)
    picture_id, address = buffers.lend(output)
    write(address, 7, stride * 4)
    picture = buffers.shown(output, picture_id)
    assert picture is not None
    assert (picture.width, picture.height, picture.stride) == (30, 4, stride)
    assert bytes(picture.data) == bytes([7]) * stride * 4
    assert buffers.shown(output, picture_id + 100) is None


def test_two_outputs_do_not_take_each_others_memory() -> None:
    buffers = VoutBuffers()
    old, old_stride = buffers.begin(30, 4)
    pending_id, pending = buffers.lend(old)
    new, stride = buffers.begin(640, 8)
    picture_id, address = buffers.lend(new)
    write(address, 9, stride * 8)
    shown = buffers.shown(new, picture_id)
    gc.collect()
    # The old output still writes its picture, then goes; the new one goes on.
    write(pending, 1, old_stride * 4)
    late = buffers.shown(old, pending_id)
    assert late is not None
    assert bytes(late.data) == bytes([1]) * old_stride * 4
    buffers.end(old)
    next_id, next_address = buffers.lend(new)
    assert next_address not in {address, pending}
    write(next_address, 5, stride * 8)
    assert shown is not None
    assert bytes(shown.data) == bytes([9]) * stride * 8
    assert buffers.shown(new, next_id) is not None


def test_a_picture_outlives_its_output() -> None:
    buffers = VoutBuffers()
    output, stride = buffers.begin(64, 2)
    picture_id, address = buffers.lend(output)
    write(address, 3, stride * 2)
    picture = buffers.shown(output, picture_id)
    buffers.end(output)
    buffers.clear()
    gc.collect()
    assert picture is not None
    assert bytes(picture.data) == bytes([3]) * stride * 2
    with pytest.raises(KeyError):
        buffers.lend(output)
