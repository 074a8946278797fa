"""Pages found, straightened, judged and packed: on drawn desks whose truth is known."""

import io
import random

import cv2
import numpy as np
import pypdfium2
import pytest

from drivers.document_camera import gates
from drivers.document_camera.driver import OpenCvDocumentCamera
from drivers.document_camera.packing import TooLargeError, jpeg_within, pdf_within
from drivers.document_camera.page_finder import Page, cut_out, find_page
from drivers.face_camera.pixels import Pixels
from kiosk.config import DeviceConfig
from kiosk.contracts.document_camera import PageHint, PageShot

WIDE, HIGH = 1280, 720
WHITE, WOOD = (240, 242, 243), (60, 90, 120)


def desk(corners: list[tuple[float, float]], noise: int = 4) -> Pixels:
    """A printed sheet with these corners on a desk."""
    sheet = np.full((1000, 700, 3), WHITE, np.uint8)
    for row in range(80, 920, 40):
        cv2.putText(sheet, "Lease 0123456789 ABCDEF", (60, row), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (40, 40, 40), 2)
    flat = np.array([[0, 0], [700, 0], [700, 1000], [0, 1000]], np.float32)
    lay = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    picture = np.full((HIGH, WIDE, 3), WOOD, np.uint8)
    cv2.warpPerspective(sheet, lay, (WIDE, HIGH), picture, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    grain = np.random.default_rng(1).integers(-noise, noise + 1, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def turned(degrees: float, tilt: float = 0.0, height: float = 620) -> list[tuple[float, float]]:
    angle, half_high, half_wide = np.radians(degrees), height / 2, height * 0.35
    corners = np.array(
        [[-half_wide, -half_high], [half_wide, -half_high], [half_wide, half_high], [-half_wide, half_high]]
    )
    corners[:2] *= 1 - tilt
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return [(float(x), float(y)) for x, y in corners @ turn + (WIDE / 2, HIGH / 2)]


@pytest.mark.parametrize("degrees", [-17.0, -3.0, 0.0, 2.0, 9.0, 20.0])
@pytest.mark.parametrize("tilt", [0.0, 0.12])
def test_corners_are_found_within_two_pixels(degrees: float, tilt: float) -> None:
    corners = turned(degrees, tilt, 560)
    page = find_page(desk(corners))
    assert page is not None
    assert page.whole
    assert max(np.hypot(x - u, y - v) for (x, y), (u, v) in zip(page.corners, corners, strict=True)) <= 2


def test_a_page_cut_out_is_straight_and_only_the_page() -> None:
    picture = desk(turned(12, 0.1))
    page = find_page(picture)
    assert page is not None
    flat = cut_out(picture, page)
    assert flat.shape[0] > flat.shape[1]
    rim = np.concatenate([flat[6:9].reshape(-1, 3), flat[-9:-6].reshape(-1, 3), flat[:, 6:9].reshape(-1, 3)])
    assert (rim.min(axis=1) > 190).mean() > 0.97  # paper, no desk
    assert max(cut_out(picture, page, 300).shape[:2]) == 300


def test_nothing_on_the_desk_is_no_page() -> None:
    chance = random.Random(3)
    assert find_page(np.full((HIGH, WIDE, 3), WOOD, np.uint8)) is None
    noise = np.random.default_rng(chance.randrange(99)).integers(0, 256, (HIGH, WIDE, 3)).astype(np.uint8)
    assert find_page(noise) is None
    cup = np.full((HIGH, WIDE, 3), WOOD, np.uint8)
    cv2.circle(cup, (640, 360), 200, WHITE, -1)
    assert find_page(cup) is None
    assert find_page(np.full((HIGH, WIDE, 3), WHITE, np.uint8)) is None


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (30, 30), (720, 1280)])
def test_pictures_of_any_size_and_kind_are_borne(size: tuple[int, int]) -> None:
    for value in (0, 128, 255):
        picture = np.full((*size, 3), value, np.uint8)
        page = find_page(picture)
        assert page is None or not page.whole
        gates.measure(picture)


def square(side: float, whole: bool = True, shift: float = 0.0) -> Page:
    return Page(((shift, 0.0), (side * 0.7 + shift, 0.0), (side * 0.7 + shift, side), (shift, side)), whole)


FINE = gates.Sight(200.0, 0.0, 5000.0)


@pytest.mark.parametrize(
    ("page", "sight", "before", "hint"),
    [
        (None, None, None, PageHint.NO_PAGE),
        (square(900, whole=False), FINE, square(900), PageHint.NOT_WHOLE),
        (square(gates.LEAST_LONGER - 1), FINE, square(599), PageHint.TOO_SMALL),
        (square(900), gates.Sight(gates.MIN_MEAN - 1, 0.0, 5000.0), square(900), PageHint.TOO_DARK),
        (square(900), gates.Sight(200.0, gates.MAX_GLARE * 1.1, 5000.0), square(900), PageHint.GLARE),
        (square(900), FINE, None, PageHint.HOLD_STILL),
        (square(900), FINE, square(900, shift=10), PageHint.HOLD_STILL),
        (square(900), gates.Sight(200.0, 0.0, gates.MIN_SHARPNESS - 1), square(900), PageHint.BLURRED),
        (square(900), gates.Sight(200.0, 0.0, None), square(900), PageHint.GOOD),
        (square(900), FINE, square(900, shift=4), PageHint.GOOD),
    ],
)
def test_one_thing_is_said_at_a_time(
    page: Page | None, sight: gates.Sight | None, before: Page | None, hint: PageHint
) -> None:
    assert gates.hint(page, sight, before) is hint


def test_blur_and_glare_are_measured_for_what_they_are() -> None:
    picture = desk(turned(3))
    page = find_page(picture)
    assert page is not None
    sharp = gates.measure(cut_out(picture, page))
    soft = gates.measure(cut_out(np.asarray(cv2.GaussianBlur(picture, (0, 0), 3), np.uint8), page))
    assert sharp.sharpness is not None and soft.sharpness is not None
    assert sharp.sharpness > gates.MIN_SHARPNESS > soft.sharpness
    lit = picture.copy()
    cv2.circle(lit, (640, 360), 60, (255, 255, 255), -1)
    assert sharp.glare <= gates.MAX_GLARE < gates.measure(cut_out(lit, page)).glare


def shot(seed: int, height: int = 1600) -> PageShot:
    picture = np.random.default_rng(seed).integers(120, 240, (height // 8, height // 11, 3)).astype(np.uint8)
    large = np.asarray(cv2.resize(picture, (round(height * 0.7), height), interpolation=cv2.INTER_NEAREST), np.uint8)
    jpeg = jpeg_within(large, 10_000_000)
    return PageShot(jpeg, large.shape[1], large.shape[0], 100.0)


def test_a_jpeg_is_as_good_as_its_room_allows() -> None:
    picture = desk(turned(0))
    large = jpeg_within(picture, 10_000_000)
    tight = jpeg_within(picture, len(large) // 2)
    assert len(tight) <= len(large) // 2
    assert cv2.imdecode(np.frombuffer(tight, np.uint8), 1).shape[0] >= 460
    with pytest.raises(TooLargeError):
        jpeg_within(picture, 3000)


def test_a_pdf_holds_every_page_in_its_shape_and_its_room() -> None:
    pages = [shot(1), shot(2), shot(3)]
    whole = pdf_within(pages, 50_000_000)
    assert all(page.jpeg in whole for page in pages)  # as they are, not packed a second time
    room = len(whole) * 6 // 10
    small = pdf_within(pages, room)
    assert len(small) <= room
    opened = pypdfium2.PdfDocument(io.BytesIO(small))
    assert len(opened) == 3
    assert round(opened[0].get_height() / 72 * 25.4) == 297
    opened.close()
    with pytest.raises(TooLargeError):
        pdf_within(pages, 20_000)
    with pytest.raises(ValueError, match="at least one page"):
        pdf_within([], 1_000_000)


def test_one_page_stays_a_picture_and_several_become_a_file() -> None:
    camera = OpenCvDocumentCamera(DeviceConfig(driver="opencv", address="http://127.0.0.1:9/"))
    sheet = np.full((640, 460, 3), 240, np.uint8)
    shot = PageShot(jpeg_within(sheet, 200_000), 460, 640, 900.0)
    one, three = camera.bind((shot,)), camera.bind((shot,) * 3)
    assert (one.data, one.media_type, one.pages) == (shot.jpeg, "image/jpeg", 1)
    assert (three.data[:5], three.media_type, three.pages) == (b"%PDF-", "application/pdf", 3)
