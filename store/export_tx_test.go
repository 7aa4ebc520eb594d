package store

// The names below let external tests look at the transaction helper.
var Numbered = numbered

const MaxAttempts = maxAttempts
