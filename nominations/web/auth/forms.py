"""The form of the sign-in."""

from __future__ import annotations

from wtforms import Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from nominations.web.lazily import lazily as _


class SignInForm(Form):
    """Name and password."""

    username = StringField(_("Tên đăng nhập"), [InputRequired(_("Hãy nhập tên đăng nhập.")), Length(max=200)])
    password = PasswordField(_("Mật khẩu"), [InputRequired(_("Hãy nhập mật khẩu.")), Length(max=1000)])
