from tests.helpers.coded_fixture import coded_video

__all__ = ["coded_video"]
