package identity

import (
	"time"

	"corner/fault"
)

// What can go wrong with who acts.
var (
	ErrUnauthenticated = fault.New(fault.Unauthenticated, "identity.sign_in_required",
		"sign in first", "请先登录")
	ErrTokenInvalid = fault.New(fault.Unauthenticated, "identity.token_invalid",
		"the token is not valid any more", "令牌已失效")
	ErrCodeInvalid = fault.New(fault.Unauthenticated, "identity.code_invalid",
		"the code is wrong or has run out", "验证码错误或已过期")
	ErrTooManyTries = fault.New(fault.TooMany, "identity.too_many_tries",
		"too many tries; ask for a new code", "尝试次数过多，请重新获取验证码")
	ErrTooManyCodes = fault.New(fault.TooMany, "identity.too_many_codes",
		"too many codes were asked for; wait a little", "获取验证码过于频繁，请稍后再试")
	ErrTooManyFailures = fault.New(fault.TooMany, "identity.too_many_failures",
		"too many wrong codes came from there; wait until trying again", "错误次数过多，请在提示的时间之后再试")
	ErrFactorRequired = fault.New(fault.Unauthenticated, "identity.factor_required",
		"sign in with a code of your second factor, too", "请同时提供二次验证码")
	ErrFactorInvalid = fault.New(fault.Unauthenticated, "identity.factor_invalid",
		"the code of the second factor is wrong or was used", "二次验证码错误或已被使用")
	ErrFactorNeeded = fault.New(fault.Forbidden, "identity.factor_needed",
		"show a code of your second factor for this", "此操作需要二次验证码")
	ErrFactorOn = fault.New(fault.Conflict, "identity.factor_on",
		"your second factor is on already; remove it to set up another", "二次验证已启用，请先移除后再重新设置")
	ErrFactorNotFound = fault.New(fault.NotFound, "identity.factor_not_found",
		"you have no second factor", "您尚未设置二次验证")
	ErrOldCodeInvalid = fault.New(fault.Unauthenticated, "identity.old_code_invalid",
		"the code of your number before is wrong or has run out", "原手机号的验证码错误或已过期")
	ErrPhoneTaken = fault.New(fault.Conflict, "identity.phone_taken",
		"that phone number has an account", "该手机号已有账户")
	ErrPhoneUnchanged = fault.New(fault.Conflict, "identity.phone_unchanged",
		"that is your phone number already", "该号码就是您当前的手机号")
	ErrOwned = fault.New(fault.Conflict, "merchant.owned",
		"the merchant has an owner who can invite", "该商户仍有可以发出邀请的所有者")
	ErrNoGateway = fault.New(fault.Unavailable, "identity.no_gateway",
		"this server cannot send codes: its operator has not set up an SMS gateway", "本服务器尚未配置短信网关，无法发送验证码")
	ErrMessagesStopped = fault.New(fault.Unavailable, "identity.messages_stopped",
		"messages are stopped for a while by the people who run this server; whoever is signed in stays so",
		"本服务器已暂停发送短信，请稍后再试；已登录的设备不受影响").After(time.Minute)
	ErrSignInAway = fault.New(fault.Unavailable, "identity.unavailable",
		"signing in is away for a moment; everything else works", "登录暂时不可用，其他功能正常").After(2 * time.Second)
	ErrOperatorsOnly = fault.New(fault.Forbidden, "identity.operators_only",
		"only the operators of this server may do this", "仅限本服务器的运营人员操作")
	ErrUserNotFound = fault.New(fault.NotFound, "identity.user_not_found",
		"there is no such user", "没有该用户")
	ErrUserStale = fault.New(fault.Stale, "identity.user_stale",
		"your account has changed since you read it", "您的账户信息已被更新，请刷新后再改")
	ErrOperatorNotFound = fault.New(fault.NotFound, "identity.operator_not_found",
		"that phone number is no operator's", "该手机号不是运营人员")
	ErrDeviceNotFound = fault.New(fault.NotFound, "device.not_found",
		"you are not signed in on such a device", "您没有在该设备上登录")
	ErrMerchantNotFound = fault.New(fault.NotFound, "merchant.not_found",
		"there is no such merchant", "没有该商户")
	ErrStaffNotFound = fault.New(fault.NotFound, "merchant.staff_not_found",
		"that person has no role here", "该用户不是本店员工")
	ErrAlreadyStaff = fault.New(fault.Conflict, "merchant.already_staff",
		"that person works here already; change the role instead", "该用户已是本店员工，请直接修改其角色")
	ErrInvitationNotFound = fault.New(fault.NotFound, "invitation.not_found",
		"there is no such invitation", "没有该邀请")
	ErrInvitationExpired = fault.New(fault.Conflict, "invitation.expired",
		"the invitation has run out; ask for a new one", "邀请已过期，请对方重新邀请")
	ErrInvitationWithdrawn = fault.New(fault.Conflict, "invitation.withdrawn",
		"the invitation was withdrawn", "邀请已被撤回")
	ErrInvitationDeclined = fault.New(fault.Conflict, "invitation.declined",
		"the invitation was declined", "邀请已被拒绝")
	ErrInvitationAccepted = fault.New(fault.Conflict, "invitation.accepted",
		"the invitation was accepted already", "邀请已被接受")
	ErrTooManyInvitations = fault.New(fault.TooMany, "invitation.too_many",
		"too many invitations were sent; wait a little", "邀请发送过于频繁，请稍后再试")
	ErrLastOwner = fault.New(fault.Conflict, "merchant.last_owner",
		"a merchant keeps at least one owner", "商户至少保留一位所有者")
)
