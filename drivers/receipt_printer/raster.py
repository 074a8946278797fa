"""Drawing in black and white: every element of a receipt as a picture of the roll's full width, one bit a dot."""

from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from drivers.paper import Face

from .layout import (
    CODE_SIZE,
    HEAD_SIZE,
    MARK,
    NOTE_SIZE,
    STAMP_FRAME,
    STAMP_SIZE,
    TITLE_SIZE,
    Code,
    Heading,
    Masthead,
    QrBlock,
    Roll,
    Row,
    Rule,
    Stamp,
)

_INK = 150  # a dot burns when its grey is darker than this: thin strokes of small type survive
_BLACK, _WHITE = 0, 255
RULE_HEIGHT = 26


@cache
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face.path), size, index=face.number, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, face: Face, size: int) -> int:
    """Dots from the start of the first to the end of the last character."""
    return round(_font(face, size).getlength(text))


class Raster:
    """Draws for one roll."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll

    def draw(self, element: Masthead | Heading | Row | Stamp | Code | Rule | QrBlock) -> Image.Image:
        """The element as a picture."""
        if isinstance(element, Masthead):
            image = self._masthead(element)
        elif isinstance(element, Heading):
            image = self._heading(element)
        elif isinstance(element, Row):
            image = self._rows((element,))
        elif isinstance(element, Code):
            image = self._code(element)
        elif isinstance(element, Stamp):
            image = self._alone(element)
        elif isinstance(element, Rule):
            image = self._rule()
        else:
            image = self._qr(element)
        return image.point(lambda grey: _WHITE if grey >= _INK else _BLACK).convert("1", dither=Image.Dither.NONE)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("L", (self._roll.width, height), _WHITE)

    def _masthead(self, head: Masthead) -> Image.Image:
        roll = self._roll
        below = len(head.below) * (roll.size + 8)
        height = max(MARK if head.title else 0, (TITLE_SIZE + 14 if head.title else 48) + below)
        image = self._blank(height)
        draw = ImageDraw.Draw(image)
        left = roll.margin
        if head.title:
            _mark(draw, left, 0)
            left += MARK + 20
            draw.text((left, 0), head.title, font=_font(Face.SERIF_BOLD, TITLE_SIZE), fill=_BLACK, anchor="la")
        for number, line in enumerate(head.below):
            middle = TITLE_SIZE + 14 + number * (roll.size + 8) + (roll.size + 8) // 2
            draw.text((left, middle), line, font=_font(roll.regular, roll.size), fill=_BLACK, anchor="lm")
        if head.tag:
            font = _font(Face.SANS_BOLD, 28)
            width = round(font.getlength(head.tag)) + 28
            right = roll.width - roll.margin
            draw.rectangle((right - width, 2, right - 1, 45), fill=_BLACK)
            draw.text((right - width // 2, 23), head.tag, font=font, fill=_WHITE, anchor="mm")
        return image

    def _heading(self, heading: Heading) -> Image.Image:
        image = self._blank(HEAD_SIZE + 20)
        ImageDraw.Draw(image).text(
            (self._roll.margin, image.height // 2),
            heading.text,
            font=_font(Face.SERIF_BOLD, HEAD_SIZE),
            fill=_BLACK,
            anchor="lm",
        )
        return image

    def _rows(self, rows: Sequence[Row], left: int | None = None) -> Image.Image:
        """Rows of running text, from ``left`` (the margin if not given) to the right margin."""
        roll = self._roll
        image = self._blank(len(rows) * roll.pitch)
        draw = ImageDraw.Draw(image)
        for number, row in enumerate(rows):
            middle = number * roll.pitch + roll.lead + roll.size // 2
            start = roll.margin if left is None else left
            draw.text((start, middle), row.left, font=_font(roll.regular, roll.size), fill=_BLACK, anchor="lm")
            end = roll.width - roll.margin
            draw.text((end, middle), row.right, font=_font(roll.bold, roll.size), fill=_BLACK, anchor="rm")
        return image

    def _code(self, code: Code) -> Image.Image:
        stamp = _stamp(code.stamp) if code.stamp else None
        image = self._blank(max(CODE_SIZE + 14, stamp.height if stamp else 0))
        draw = ImageDraw.Draw(image)
        middle = image.height // 2
        draw.text(
            (max(0, self._roll.margin - 4), middle),
            code.code,
            font=_font(Face.SANS_BOLD, CODE_SIZE),
            fill=_BLACK,
            anchor="lm",
        )
        if stamp:
            right = self._roll.width - self._roll.margin
            image.paste(stamp, (right - stamp.width, middle - stamp.height // 2))
        return image

    def _alone(self, stamp: Stamp) -> Image.Image:
        seal = _stamp(stamp)
        image = self._blank(seal.height)
        image.paste(seal, (max(0, self._roll.width - self._roll.margin - seal.width), 0))
        return image

    def _rule(self) -> Image.Image:
        image = self._blank(RULE_HEIGHT)
        draw = ImageDraw.Draw(image)
        middle = RULE_HEIGHT // 2
        for x in range(self._roll.margin, self._roll.width - self._roll.margin, 14):
            end = min(x + 7, self._roll.width - self._roll.margin - 1)
            draw.rectangle((x, middle - 1, end, middle), fill=_BLACK)
        return image

    def _qr(self, qr: QrBlock) -> Image.Image:
        quiet = qr.quiet
        image = self._blank(qr.side + 2 * quiet)
        left = self._roll.margin if qr.beside else (self._roll.width - qr.side) // 2
        draw = ImageDraw.Draw(image)
        for y, line in enumerate(qr.modules):
            for x, dark in enumerate(line):
                if dark:
                    at = (left + x * qr.module, quiet + y * qr.module)
                    draw.rectangle((*at, at[0] + qr.module - 1, at[1] + qr.module - 1), fill=_BLACK)
        if qr.beside:
            words = self._rows(qr.beside, left + qr.side + quiet)
            column = (left + qr.side + quiet, 0, words.width, words.height)
            image.paste(words.crop(column), (column[0], quiet))
        return image


def _mark(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """The mark of the product: 开, white on black, with a fine inner line."""
    draw.rectangle((x, y, x + MARK - 1, y + MARK - 1), fill=_BLACK)
    draw.rectangle((x + 6, y + 6, x + MARK - 7, y + MARK - 7), outline=_WHITE, width=2)
    font = _font(Face.SERIF_BOLD, 54)
    draw.text((x + MARK // 2, y + MARK // 2), "开", font=font, fill=_WHITE, anchor="mm")


def _stamp(stamp: Stamp) -> Image.Image:
    """A double box with round corners around the official word."""
    word, note = _font(Face.SERIF_BOLD, STAMP_SIZE), _font(Face.SANS_BOLD, NOTE_SIZE)
    inner = max(round(word.getlength(stamp.word)), round(note.getlength(stamp.note)))
    width, height = inner + STAMP_FRAME, STAMP_SIZE + 40 + (NOTE_SIZE + 10 if stamp.note else 0)
    image = Image.new("L", (width, height), _WHITE)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), 10, outline=_BLACK, width=5)
    draw.rounded_rectangle((9, 9, width - 10, height - 10), 5, outline=_BLACK, width=2)
    middle = 18 + STAMP_SIZE // 2
    draw.text((width // 2, middle), stamp.word, font=word, fill=_BLACK, anchor="mm")
    if stamp.note:
        draw.text((width // 2, middle + STAMP_SIZE // 2 + 17), stamp.note, font=note, fill=_BLACK, anchor="mm")
    return image
