package booking

import "corner/fault"

// What can go wrong with taking time.
var (
	ErrNotFound = fault.New(fault.NotFound, "booking.not_found",
		"there is no such booking", "没有该预订")
	ErrSlotTaken = fault.New(fault.Conflict, "booking.slot_taken",
		"that slot has just been taken", "该时段刚被订走")
	ErrNotASlot = fault.New(fault.Conflict, "booking.not_a_slot",
		"the service does not start at that time", "该服务在此时间没有可订时段")
	ErrPast = fault.New(fault.Conflict, "booking.slot_past",
		"that time is over", "该时段已过")
	ErrTooSoon = fault.New(fault.Conflict, "booking.too_soon",
		"the service is booked longer ahead than that", "该服务需更早预订")
	ErrTooFar = fault.New(fault.Conflict, "booking.too_far",
		"the service is not booked as far ahead as that", "尚未开放该日期的预订")
	ErrPartyTooSmall = fault.New(fault.Conflict, "booking.party_too_small",
		"the service is for more people than that", "未达到该服务的最少人数")
	ErrPartyTooLarge = fault.New(fault.Conflict, "booking.party_too_large",
		"the service is for fewer people than that", "超过该服务的最多人数")
	ErrNotBookable = fault.New(fault.Conflict, "booking.not_bookable",
		"this service is not booked here", "该服务不支持预订")
	ErrTooManyHolds = fault.New(fault.Conflict, "booking.too_many_holds",
		"you hold too many slots; book or let go of one first", "您占用的时段过多，请先确认或取消其中一个")
	ErrTooManyBookings = fault.New(fault.Conflict, "booking.too_many_open",
		"you have as many open bookings as one person may; come to one, or cancel one first", "您的未完成预订已达上限，请先到店或取消其中一个")
	ErrTooManyAtOnce = fault.New(fault.Conflict, "booking.too_many_at_once",
		"you have as many bookings at that time as one person may", "您在该时段的预订已达上限")
	ErrTooManyRenewals = fault.New(fault.Conflict, "booking.too_many_renewals",
		"you have held that slot and let it go too often", "您反复占用该时段又放弃，次数已达上限")
	ErrTooManyOpen = fault.New(fault.Conflict, "booking.per_person_limit",
		"you have as many open bookings of this service as one person may", "您对该服务的未完成预订已达每人上限")
	ErrLapsed = fault.New(fault.Conflict, "booking.hold_lapsed",
		"the hold has run out; take the slot again", "占位已超时，请重新选择")
	ErrState = fault.New(fault.Conflict, "booking.state",
		"the booking's state does not allow that", "预订当前状态不允许此操作")
	ErrBooked = fault.New(fault.Conflict, "place.booked",
		"bookings hang on the place; name how many there are to cancel them", "该店铺仍有未完成的预订，如需取消请注明预订数量")
	ErrOfferChanged = fault.New(fault.Conflict, "booking.offer_changed",
		"the place or the service is being changed; look at it again", "店铺或服务信息正在变更，请刷新后重试")
	ErrMerchantBooked = fault.New(fault.Conflict, "merchant.booked",
		"bookings hang on the places of the business; name how many there are to cancel them", "该商户的店铺仍有未完成的预订，如需取消请注明预订数量")
	ErrRefTaken = fault.New(fault.Internal, "booking.ref_taken",
		"another booking's codes carry that reference", "核销码编号重复")
	ErrNoCode = fault.New(fault.Conflict, "booking.no_code",
		"only a confirmed booking has a code to show", "只有已确认的预订才有核销码")
)
