"""Every parser of bytes that somebody else sends. A new one is one line in ``PARSERS``."""

from tests.fuzz import cards, codes, identity, printers
from tests.fuzz.mutants import Parser

PARSERS: tuple[Parser, ...] = (
    Parser("sdt-frames", cards.sdt_seeds, cards.sdt, cards.SDT_ERRORS),
    Parser("id-card-records", cards.record_seeds, cards.record, cards.RECORD_ERRORS),
    Parser("apdu-answers", cards.apdu_seeds, cards.apdu, cards.APDU_ERRORS),
    Parser("skf-names", identity.names_seeds, identity.names, identity.MALFORMED),
    Parser("skf-info", identity.info_seeds, identity.info, identity.MALFORMED),
    Parser("skf-token", identity.token_seeds, identity.token, identity.TOKEN_ERRORS),
    Parser("tax-component", identity.component_seeds, identity.component, identity.MALFORMED),
    Parser("social-card", identity.social_seeds, identity.social, identity.MALFORMED),
    Parser("newest-address", identity.address_seeds, identity.address, identity.ADDRESS_ERRORS),
    Parser("portrait", identity.portrait_seeds, identity.photograph, longest=identity.PORTRAIT_LONGEST),
    Parser("printer-status", printers.status_seeds, printers.status),
    Parser("ipp-answers", printers.ipp_seeds, printers.ipp_answer, printers.IPP_ERRORS),
    Parser("receipt-layout", printers.line_seeds, printers.receipt_line),
    Parser("receipt-job", printers.line_seeds, printers.receipt_job, cost=500),
    Parser("sheet-layout", printers.line_seeds, printers.sheet_line),
    Parser("sheet-pdf", printers.line_seeds, printers.sheet_pdf, cost=5000),
    Parser("signature-ink", printers.ink_seeds, printers.ink, cost=10),
    Parser("code-payloads", codes.payload_seeds, codes.payload),
    Parser("wedge-keystrokes", codes.wedge_seeds, codes.wedge),
    Parser("mjpeg-parts", codes.jpeg_seeds, codes.jpeg, codes.JPEG_ERRORS),
    Parser("uevents", codes.uevent_seeds, codes.uevent),
    Parser("configuration", codes.config_seeds, codes.config, codes.CONFIG_ERRORS),
)
