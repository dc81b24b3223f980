"""Reading a phone number as people write it, and writing it back so that they can check it."""

import re
from enum import StrEnum

HOME, FRANCE = "FR", 33
# France, overseas as well, and Belgium: people live on one side of that border and phone from the other.
KNOWN = frozenset((33, 32, 590, 594, 596, 262, 508, 687, 689, 681))


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
    if number.country_code not in KNOWN:
        return NotAPhone.ELSEWHERE
    # Only the length counts: new ranges are given out every year, and nobody's real number is refused.
    possible = phones.is_possible_number_with_reason(number) == phones.ValidationResult.IS_POSSIBLE
    if not possible or phones.national_significant_number(number).startswith("0"):
        return NotAPhone.WRONG
    kinds = phones.PhoneNumberType
    if phones.number_type(number) in (kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.TOLL_FREE, kinds.UAN):
        return NotAPhone.SERVICE
    return phones.format_number(number, phones.PhoneNumberFormat.E164)


def read_shared(phone: str) -> str | NotAPhone:
    """The same for a contact card: Telegram gives the number with its country, often without the « + »."""
    return read_phone(phone if phone.startswith(("+", "0")) else f"+{phone}")


def shown_phone(e164: str) -> str:
    """A number as its owner writes it: « 06 12 34 56 78 », « +32 470 12 34 56 »."""
    import phonenumbers as phones  # late, as above

    number = phones.parse(e164, HOME)
    french = number.country_code == FRANCE
    style = phones.PhoneNumberFormat.NATIONAL if french else phones.PhoneNumberFormat.INTERNATIONAL
    return phones.format_number(number, style)
