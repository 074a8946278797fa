"""The HTML of the phone pages. Everything that comes from a form is escaped."""

from collections.abc import Iterable, Mapping
from html import escape

from kiosk.contracts.platform_api.signatures import SigningPage
from kiosk.sandbox.individuals import INDIVIDUAL

from .words import ANY_REFUSAL, CERTIFICATES, COMPANY_TYPES, ITEMS, OPERATOR, REFUSALS, ROLES, SIGNING, Words

_SHELL = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="stylesheet" href="/phone/page.css">{script}</head>
<body><p class="demo" role="note">演示环境，不具法律效力<span lang="en">Demonstration without legal effect</span></p>
<main>{body}</main></body></html>
"""


def _shell(title: str, body: str, script: str = "") -> str:
    tag = f'<script src="/phone/{script}" defer></script>' if script else ""
    return _SHELL.format(title=escape(title), body=body, script=tag)


def _both(words: Words) -> str:
    return f'{escape(words.zh)} <span lang="en">{escape(words.en)}</span>'


def refusal(slug: str) -> str:
    """Why it does not go on, and what to do."""
    words = REFUSALS.get(slug, ANY_REFUSAL)
    return _shell("企业开办", f"<h1>{'已完成' if slug == 'code-used' else '不能继续'}</h1><p>{_both(words)}</p>")


def _told(more: Mapping[str, Words]) -> str:
    """The sentences the script may need, so that it holds no words of its own."""
    known = {**REFUSALS, "any": ANY_REFUSAL, **more}
    lines = "".join(f'<p data-for="{slug}">{_both(words)}</p>' for slug, words in known.items())
    return f'<template id="words">{lines}</template><div id="told" role="alert" hidden></div>'


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows if value) + "</dl>"


def sign(page: SigningPage) -> str:
    """What is signed, who signs, and the place for the signature."""
    individual = page.company_type == INDIVIDUAL
    roles = {**ROLES, "legal_rep": OPERATOR} if individual else ROLES
    people = "".join(
        f"<li{' class=me' if one.me else ''}><b>{escape(one.name)}</b>{'（您）' if one.me else ''} "
        f"{escape('、'.join(roles.get(role, role) for role in one.roles))}"
        f"{f'，认缴 {escape(one.subscribed)} 万元' if 'shareholder' in one.roles else ''}</li>"
        for one in page.people
    )
    facts = _facts(
        (
            ("名称" if individual else "公司名称", f"<strong>{escape(page.company or '不起名称')}</strong>"),
            ("类型" if individual else "公司类型", escape(COMPANY_TYPES.get(page.company_type, page.company_type))),
            ("注册资本", f"{escape(page.capital)} 万元" if page.capital else ""),
            ("经营场所" if individual else "住所", escape(page.domicile)),
            ("经营范围", escape("；".join(page.scope))),
            ("办理事项", escape("、".join(ITEMS.get(item, item) for item in page.items))),
            ("办理大厅", escape(page.hall)),
            ("签字截止", f"{page.expires_at:%Y-%m-%d %H:%M}"),
        )
    )
    kinds = "".join(f'<option value="{code}">{name}</option>' for code, name in CERTIFICATES.items())
    body = f"""<h1>核对并签字</h1><p lang="en">Check and sign</p>
<section aria-label="申请内容">{facts}<h2>相关人员</h2><ul>{people}</ul></section>
<form id="sign" data-text-version="{page.text_version}" novalidate>
<h2>您的身份</h2>
<label for="name">姓名 <span lang="en">Name</span></label>
<input id="name" autocomplete="off" maxlength="64" required>
<label for="kind">证件类型 <span lang="en">Document</span></label><select id="kind">{kinds}</select>
<label for="number">证件号码 <span lang="en">Number</span></label>
<input id="number" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required>
<label class="agree"><input id="agree" type="checkbox">
<span>我同意核验姓名和证件号码，并确认以下签字是我本人对上述申请的电子签名。
<span lang="en">I agree that my name and number are checked, and that this is my electronic signature.</span>
</span></label>
<h2>手写签名 <span lang="en">Signature</span></h2>
<canvas id="pad" aria-label="签名区，用手指书写姓名"></canvas>
<button type="button" id="clear" class="plain">重写 <span lang="en">Clear</span></button>
<button id="send" class="official">确认签字 <span lang="en">Sign</span></button>
</form>{_told(SIGNING)}
<section id="done" hidden><h1>已签字</h1><p>签字已送达办理大厅。申请内容如有修改，会再请您签一次。
<span lang="en">Signed. If the application changes, you will be asked again.</span></p></section>
<noscript><p role="alert">手写签名需要启用 JavaScript；也可以到大厅窗口当面签字。
<span lang="en">Signing here needs JavaScript. You can also sign at a window.</span></p></noscript>"""
    return _shell("核对并签字", body, "sign.js")


def upload(title: str, hall: str) -> str:
    """One file of one kind."""
    body = f"""<h1>{escape(title)}</h1><p lang="en">Send one picture or PDF to the counter</p>
<p>拍照或选择一个文件，发送到{escape(hall)}的办理终端。照片要平整、清楚、四角完整。</p>
<form id="upload" method="post" enctype="multipart/form-data">
<label for="file">选择文件 <span lang="en">JPEG, PNG or PDF, at most 10 MB</span></label>
<input id="file" name="file" type="file" accept="image/jpeg,image/png,application/pdf" required>
<button class="action">发送 <span lang="en">Send</span></button>
<progress id="progress" max="1" value="0" hidden></progress></form>{_told({})}
<section id="done" hidden>{_received()}</section>"""
    return _shell(title, body, "upload.js")


def received() -> str:
    """It has arrived, said to a browser without scripts."""
    return _shell("已收到", _received())


def _received() -> str:
    return (
        "<h1>已收到</h1><p>文件已到办理终端，可以关闭本页。"
        '<span lang="en">Received. You may close this page.</span></p>'
    )
