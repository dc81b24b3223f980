// Numbers as they are written in French.

// A phone number as Telegram gives it ("33639980001").
export function phoneNumber(digits) {
  return `+${digits.replace(/^\+/, "").replace(/^(33)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1 $2 $3 $4 $5 $6")}`;
}

export function weight(bytes) {
  return bytes < 1024 ? `${bytes}\u00a0octets` : `${Math.round(bytes / 1024)}\u202fKo`;
}
