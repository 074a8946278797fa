"""Reports as files: a workbook for those who go on reckoning, a PDF for those who sign."""
