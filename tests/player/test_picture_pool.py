import weakref

from rta_viewer.player.picture_pool import STRIDE_ALIGNMENT_BYTES, PicturePool


def test_lines_start_on_borders_that_converters_like():
    pool = PicturePool(426, 240)
    buffer = pool.lend()
    assert pool.stride % STRIDE_ALIGNMENT_BYTES == 0
    assert pool.stride >= 426 * 4
    assert buffer.ctypes.data % STRIDE_ALIGNMENT_BYTES == 0
    assert buffer.nbytes == pool.stride * 240


def test_a_buffer_comes_back_when_nobody_looks_any_more():
    pool = PicturePool(64, 36)
    first = pool.lend()
    address = first.ctypes.data
    view = first.data
    del first
    assert pool.lend().ctypes.data != address
    del view
    assert pool.lend().ctypes.data == address


def test_buffers_in_use_are_never_the_same():
    pool = PicturePool(64, 36)
    lent = [pool.lend() for _ in range(20)]
    assert len({buffer.ctypes.data for buffer in lent}) == 20


def test_a_closed_pool_keeps_nothing():
    pool = PicturePool(64, 36)
    looked_at, bases = pool.lend(), [weakref.ref(pool.lend().base) for _ in range(2)]
    pool.close()
    assert [base() for base in bases] == [None, None]
    base = weakref.ref(looked_at.base)
    assert base() is not None
    del looked_at
    assert base() is None
