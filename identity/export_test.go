package identity

// TOTPCode is the code of a step of half a minute.
var TOTPCode = totpCode
