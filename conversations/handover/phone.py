"""Reading a phone number as people write it, and writing it back so that they can check it."""

import re
from enum import StrEnum

HOME = "FR"
OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF")  # France as well


class NotAPhone(StrEnum):
    """Why something is no number that the référente can call."""

    NO_NUMBER = "no_number"
    ELSEWHERE = "elsewhere"  # another country's
    SERVICE = "service"  # a paid or short number, which is nobody's
    WRONG = "wrong"  # no such number: a figure is missing, or too many


def read_phone(text: str) -> str | NotAPhone:
    """The number in E.164 (« +33612345678 »), or why it is none.

    Read are French formats, +33 and 0033, with spaces, dots or dashes, mobile or landline; Belgian with +32.
    """
    import phonenumbers as phones  # late: the start does not wait for it

    written = re.sub(r"\(0\)", "", text.strip())  # « +33 (0)6 … »
    if not re.fullmatch(r"\+?[\d\s.\-/()\u2010-\u2015\u00a0\u202f]+", written) or not re.search(
        r"\d", written
    ):
        return NotAPhone.NO_NUMBER
    digits = re.sub(r"\D", "", written)
    if not written.startswith(("+", "00")) and re.fullmatch(r"33[1-9]\d{8}", digits):
        written = f"+{digits}"  # « 33 6 12 34 56 78 », as phones keep it
    try:
        number = phones.parse(re.sub(r"[^\d+]", "", written), HOME)
    except phones.NumberParseException:
        return NotAPhone.WRONG
    region = phones.region_code_for_number(number)
    if number.country_code not in (33, 32) and region not in OVERSEAS:
        return NotAPhone.ELSEWHERE
    if not phones.is_valid_number(number):
        return NotAPhone.WRONG
    kinds = phones.PhoneNumberType
    people = (kinds.MOBILE, kinds.FIXED_LINE, kinds.FIXED_LINE_OR_MOBILE, kinds.VOIP, kinds.PERSONAL_NUMBER)
    if phones.number_type(number) not in people:
        return NotAPhone.SERVICE
    return phones.format_number(number, phones.PhoneNumberFormat.E164)


def read_shared(phone: str) -> str | NotAPhone:
    """The same for a contact card: Telegram gives the number with its country, often without the « + »."""
    return read_phone(phone if phone.startswith(("+", "0")) else f"+{phone}")


def shown_phone(e164: str) -> str:
    """A number as its owner writes it: « 06 12 34 56 78 », « +32 470 12 34 56 »."""
    import phonenumbers as phones  # late, as above

    number = phones.parse(e164, HOME)
    french = phones.region_code_for_number(number) == HOME
    style = phones.PhoneNumberFormat.NATIONAL if french else phones.PhoneNumberFormat.INTERNATIONAL
    return phones.format_number(number, style)
