// Package websms is an SMS gateway behind a web hook: each message is POSTed to a URL
// of the operator's, who hands it to the SMS provider of his country. One that is not
// a one-time code, such as an invitation, has no "code".
//
//	POST <URL>
//	Content-Type: application/json
//	Authorization: Bearer <Token>
//
//	{"to": "+8613800138000", "code": "123456", "text": "123456 is your Corner code … 验证码 123456…"}
//
// Any 2xx answer means that it will be delivered.
package websms
