package rediskv

import (
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// What a script answers first; second comes a number as text, because Lua's numbers are floats and hold whole
// ones only up to 2^53.
const (
	refused   = 0
	done      = 1
	wrongKind = 2
	overflow  = 3
)

// addScript: KEYS[1]; ARGV n, ttl in ms. INCRBY does the sum, for its integers are whole.
var addScript = redis.NewScript(`
local was = redis.call('GET', KEYS[1])
if was and not string.find(was, '^%-?%d') then
	return {2, '0'}
end
local sum = redis.pcall('INCRBY', KEYS[1], ARGV[1])
if type(sum) == 'table' then
	if string.find(sum.err, 'overflow') then
		return {3, '0'}
	end
	return sum
end
if not was then
	redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {1, redis.call('GET', KEYS[1])}
`)

// allowScript: KEYS[1]; ARGV interval and full in µs. It is kv.Limit.Take in the server's time, and the contract
// suite holds the two together. Instants in µs stay under 2^53 until the year 2255.
var allowScript = redis.NewScript(`
local interval, full = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local was = redis.call('GET', KEYS[1])
local debt = 0
if was then
	if string.sub(was, 1, 1) ~= 't' then
		return {2, '0'}
	end
	debt = math.max(tonumber(string.sub(was, 2)) - now, 0)
end
local status, after = 0, math.min(debt, full)
if after + interval <= full then
	status, after = 1, after + interval
end
if after ~= debt then
	redis.call('SET', KEYS[1], string.format('t%.0f', now + after), 'PX', math.ceil(after / 1000))
end
return {status, string.format('%.0f', after)}
`)

func runPair(cmd *redis.Cmd) (status, number int64, err error) {
	pair, err := cmd.Slice()
	if err != nil {
		return 0, 0, err
	}
	if len(pair) == 2 {
		first, isInt := pair[0].(int64)
		text, isText := pair[1].(string)
		if second, err := strconv.ParseInt(text, 10, 64); isInt && isText && err == nil {
			return first, second, nil
		}
	}
	return 0, 0, fmt.Errorf("unexpected reply of a script: %v", pair)
}
