"""What the tests read from the screen must stay what it was, after the image is gone."""

from PySide6.QtGui import QColor, QImage

from tests.helpers.window import luma_of


def grey(shade: int, width: int) -> QImage:
    image = QImage(width, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(shade, shade, shade))
    return image


def test_the_brightness_of_an_image_outlives_it() -> None:
    for width in (401, 400):  # lines of an image end on 4 bytes: one of them needs no padding
        luma = luma_of(grey(120, width))
        assert luma.shape == (300, width)
        assert luma.flags.owndata
        others = [luma_of(grey(7, width)) for _ in range(8)]
        assert (luma == 120).all()
        assert all((other == 7).all() for other in others)
