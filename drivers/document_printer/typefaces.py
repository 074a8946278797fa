"""The faces of the house as fpdf2 takes them: read once in the life of a process, cut to size for each document.

By itself fpdf2 reads every collection file anew for each document and cuts its few hundred glyphs out of 65,535 with
fontTools: seconds for a sheet that a person waits for. Here HarfBuzz cuts, in milliseconds, and fpdf2 goes on with a
face of those few glyphs. Numbers and names of the glyphs stay, so the text layer is the same.
"""

import io
from copy import copy
from functools import cache

import uharfbuzz
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

from drivers.paper import Face

_UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")  # a PDF has its own places for what is needed


def give(pdf: FPDF, faces: tuple[Face, ...]) -> None:
    """Let a file use these faces, by their names. Fault: device-configuration (a font file is missing)."""
    for number, face in enumerate(faces, 1):
        font = _fresh(_read(face))
        font.i = number
        pdf.fonts[font.fontkey] = font
    pdf._set_min_pdf_version("1.6")  # as ``add_font`` does for faces of this kind


def cut(pdf: FPDF, faces: tuple[Face, ...]) -> None:
    """Before the file is finished: leave in each face only what is written with it."""
    for face in faces:
        font = pdf.fonts[face.name.lower()]
        assert isinstance(font, TTFFont)
        wanted = uharfbuzz.SubsetInput()
        wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE | uharfbuzz.SubsetFlags.DESUBROUTINIZE
        wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(
            font.glyph_ids[code]
            for glyph, _ in font.subset.items()
            if glyph is not None
            for code in glyph.unicode
            if code in font.glyph_ids
        )
        dropped = wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG)
        dropped.update(int.from_bytes(tag.encode("ascii"), "big") for tag in _UNUSED)
        few = uharfbuzz.subset(_outlines(face), wanted)
        font.ttfont = TTFont(io.BytesIO(bytes(few.blob.data)), recalcBBoxes=False, recalcTimestamp=False)


@cache
def _read(face: Face) -> TTFFont:
    """A face as fpdf2 reads it, with its widths and names; nothing is ever written with this one."""
    pdf = FPDF()
    pdf.add_font(face.name, fname=str(face.path), collection_font_number=face.number)
    font = pdf.fonts[face.name.lower()]
    assert isinstance(font, TTFFont)
    font.close()
    return font


@cache
def _outlines(face: Face) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.number)


def _fresh(read: TTFFont) -> TTFFont:
    """The same face for one more document: what is large is shared, what a document writes into is its own."""
    font = copy(read)
    font.desc = copy(read.desc)
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    return font
