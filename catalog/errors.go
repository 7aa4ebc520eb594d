package catalog

import "corner/fault"

// What can go wrong in the catalogue.
var (
	ErrPlaceNotFound = fault.New(fault.NotFound, "place.not_found",
		"there is no such place", "没有该店铺")
	ErrServiceNotFound = fault.New(fault.NotFound, "service.not_found",
		"there is no such service", "没有该服务")
	ErrStale = fault.New(fault.Stale, "place.stale",
		"the place has changed since you read it", "店铺信息已被更新，请刷新后再改")
	ErrServiceStale = fault.New(fault.Stale, "service.stale",
		"the service has changed since you read it", "服务信息已被更新，请刷新后再改")
	ErrMerchantStale = fault.New(fault.Stale, "merchant.stale",
		"the business has changed since you read it", "商户信息已被更新，请刷新后再改")
	ErrTooManyMerchants = fault.New(fault.Conflict, "merchant.too_many",
		"you own as many businesses as one person may; add branches to one of them", "您名下的商户已达上限，请在现有商户下添加分店")
	ErrMerchantClosed = fault.New(fault.Conflict, "merchant.closed",
		"the business has closed for good", "该商户已永久停业")
	ErrRetired = fault.New(fault.Conflict, "service.retired",
		"the service is not sold any more", "该服务已下架")
	ErrDuplicate = fault.New(
		fault.Conflict,
		"place.duplicate",
		"the place looks like one that is registered already: claim that one, or name it in not_duplicate_of",
		"该店铺疑似已登记：请认领已有店铺，或在 not_duplicate_of 中注明并非同一家",
	)
	ErrIncomplete = fault.New(fault.Conflict, "place.incomplete",
		"the place is not complete enough to be published", "店铺信息不完整，暂不能发布")
	ErrDraftNotReleased = fault.New(fault.Conflict, "place.draft_not_released",
		"a draft is seen by its own people only and cannot be released", "草稿仅商户自己可见，不能解除认领")
	ErrWasPublished = fault.New(fault.Conflict, "place.was_published",
		"only a draft that was never published can be deleted; close the place for good, or take it off the map", "只能删除从未发布过的草稿；请将店铺设为永久歇业或下架")
	ErrClaimed = fault.New(fault.Conflict, "place.already_claimed",
		"the place has an owner already", "该店铺已有归属商户")
	ErrClaimNotFound = fault.New(fault.NotFound, "claim.not_found",
		"there is no such claim", "没有该认领")
	ErrClaimRefused = fault.New(fault.Conflict, "claim.refused",
		"your claim of this place was refused; write to the operators", "您对该店铺的认领已被驳回，如有异议请联系运营人员")
	ErrClaimSettled = fault.New(fault.Conflict, "claim.settled",
		"the claim has been decided already", "该认领已有结论")
	ErrTooManyClaims = fault.New(fault.Conflict, "claim.too_many",
		"you have as many unproved claims as one person may; prove one of them first", "您待核实的认领已达上限，请先完成核实")
	ErrTooManyListings = fault.New(fault.TooMany, "place.too_many_today",
		"a new account may register only so many places a day", "新账户每日可登记的店铺数量已达上限，请明日再来")
	ErrHidden = fault.New(fault.Conflict, "place.hidden",
		"the operators of this server have hidden the place", "该店铺已被平台下线")
	ErrNotInState = fault.New(fault.Conflict, "place.not_in_state",
		"the place is in a state in which this cannot be done", "店铺当前状态不支持该操作")
	ErrDiscoveryOnly = fault.New(fault.Conflict, "service.public_not_bookable",
		"public services can be found here, but not booked", "公共服务仅供查找，不能预订")
	ErrCategoryNotFound = fault.New(fault.NotFound, "category.not_found",
		"there is no such category", "没有该类别")
	ErrCategoryTaken = fault.New(fault.Conflict, "category.taken",
		"there is a category with this key already", "该类别标识已存在")
	ErrCategoryBuiltIn = fault.New(fault.Conflict, "category.built_in",
		"a category that every server has cannot be changed", "内置类别不能修改")
	ErrCategoryStale = fault.New(fault.Stale, "category.stale",
		"the category has changed since you read it", "类别信息已被更新，请刷新后再改")
	ErrTooManyCategories = fault.New(fault.Conflict, "category.too_many",
		"as many categories have been added as there can be", "添加的类别数量已达上限")
	ErrTooManyServices = fault.New(fault.Conflict, "service.too_many",
		"the place has as many services as it can hold", "该店铺的服务数量已达上限")
)
