"""Receipt printers (ESC/POS): slips for 80 and 58 mm, printed only when the printer has confirmed them."""
