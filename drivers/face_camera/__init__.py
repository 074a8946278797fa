"""The face camera, and OpenCV's only home: what it reads from the environment is set before it loads."""

import os

os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")  # seconds a dead camera blocks one read
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # a garbled frame is counted here, not told to stderr
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(4096 * 4096))  # a picture that claims more is refused
