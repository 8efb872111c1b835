"""Pictures of the pages of PDFs: what a citation's boxes are marked on."""

from app.pages.drawing import MEDIA_TYPE, DrawingError
from app.pages.pictures import PagePictures, Sheet, find_sheet, may_have_file

__all__ = ["MEDIA_TYPE", "DrawingError", "PagePictures", "Sheet", "find_sheet", "may_have_file"]
