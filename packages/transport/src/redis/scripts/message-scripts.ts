import { LEAST_EVENTS, TAKE_BYTES } from '../../broker/limits.ts';
import { RUNS_IF_FULL, SETTLE, toReadScript, toWriteScript } from './prelude.ts';
import { UNREAD } from './unread.ts';

/**
 * ARGV: credential, content, name, whether it is remembered, whether it opens a stream, `maxInFlight`, `rememberMs`,
 * `maxRemembered`, `maxInboxBytes`; then of each message JSON, its id and the id of the request that it cancels (as JSON, or nothing).
 */
export const ACCEPT = toWriteScript(
    `
local rememberMs, maxRemembered = tonumber(ARGV[11]), tonumber(ARGV[12])
`,
    SETTLE,
    `
local credential, content, name = ARGV[5], ARGV[6], ARGV[7]
local found = call('HMGET', S, 'c', 'o', 'f', 'n', 'k', 's', 'x', 'new', 'late', 'ib')
if not found[1] then
    local digest, reason = string.match(call('GET', S .. ':ended') or '', '^(%S*) (.*)$')
    return { count, 'unknown-session', digest == credential and reason or nil }
end
if found[1] ~= credential then return { count, 'unknown-session' } end
if not alive(me) then return { count, 'late' } end

local requests, taken = 0, nil
for i = 15, #ARGV, 3 do
    if ARGV[i] ~= '' then
        requests = requests + 1
        local stream, other = string.match(call('HGET', S .. ':flight', ARGV[i]) or '', '^(%S+) (%S+)')
        if other == content then return { count, 'repeated', stream } end
        if stream then taken = ARGV[i] end
    end
end
local marked = name ~= content
if marked then
    rotateOld()
    for _, key in ipairs({ S .. ':recent', S .. ':older' }) do
        local known = call('HMGET', key, name, content)
        if known[1] or known[2] then return { count, 'repeated', known[1] or known[2] } end
    end
elseif found[9] then
    rotateOld()
    for _, key in ipairs({ S .. ':recent', S .. ':older' }) do
        local known = call('HGET', key, 'first ' .. content)
        if known then return { count, 'repeated', known } end
    end
end
if taken then return { count, 'id-in-flight', taken } end
if marked and now < tonumber(call('HGET', S, 'unsure') or 0) then return { count, 'outcome-unknown' } end
local max = tonumber(ARGV[10])
local messages = (#ARGV - 13) / 3
local bytes, waiting = 0, tonumber(found[10] or 0)
for i = 14, #ARGV, 3 do bytes = bytes + #ARGV[i] end
-- Replies and cancellations may be what lets the requests that wait end.
local maxBytes = requests > 0 and tonumber(ARGV[13]) or 2 * tonumber(ARGV[13])
if waiting > 0 and waiting + bytes > maxBytes then return { count, 'too-many-requests' } end
if call('HLEN', S .. ':flight') + countUnread() + requests > max or call('XLEN', S .. ':in') + messages > 2 * max then
    return { count, 'too-many-requests' }
end

local stream = '0'
if ARGV[9] == '1' and requests > 0 then
    stream = tostring(call('HINCRBY', S, 's', 1))
    call('HSET', S, 'u' .. stream, requests, 'h' .. stream, me)
    if requests > 1 then call('HSET', S, 'q' .. stream, requests) end
end
local last = tonumber(found[4])
local number = last
for i = 14, #ARGV, 3 do
    number = number + 1
    if ARGV[i + 1] == '' then
        call('XADD', S .. ':in', number .. '-0', 'j', ARGV[i], 's', stream)
    else
        call('XADD', S .. ':in', number .. '-0', 'j', ARGV[i], 's', stream, 'i', ARGV[i + 1])
        local kept = ARGV[8] == '1' and name or '-'
        call('HSET', S .. ':flight', ARGV[i + 1], stream .. ' ' .. content .. ' ' .. kept .. ' ' .. number)
    end
    if ARGV[i + 2] ~= '' then
        local cancelled = string.match(call('HGET', S .. ':flight', ARGV[i + 2]) or '', '%S+$')
        if cancelled then settleSilently(cancelled, nil) end
    end
end
call('HSET', S, 'n', number, 'ib', waiting + bytes)
call('PEXPIRE', S .. ':in', lifeMs)
if requests > 0 then call('PEXPIRE', S .. ':flight', lifeMs) end
touch(found[7])
if found[8] and last > 0 then
    -- It is no longer the first to be evicted.
    call('HDEL', S, 'new')
    call('ZREM', prefix .. 'unused', id)
end

local owner = found[2]
if owner == me and tonumber(found[5]) == last then
    watch(me)
    call('HSET', S, 'k', number)
    return { count, 'accepted', stream, found[3], last + 1 }
end
local heir = alive(owner) and owner or me
watch(heir)
wake(heir, heir == owner and 'inbox' or 'orphaned')
return { count, 'accepted', stream }
`
);

/** ARGV: fence, last number that the owner has. */
export const TAKE_INBOX =
    RUNS_IF_FULL +
    toWriteScript(`
local found = call('HMGET', S, 'o', 'f', 'n', 'past', 'x')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count, 'fenced' } end
touch(found[5])
local entries, bytes, after, taken = {}, 0, ARGV[6] .. '-0', nil
repeat
    local some = call('XRANGE', S .. ':in', '(' .. after, '+', 'COUNT', 16)
    for _, entry in ipairs(some) do
        if not taken then
            table.insert(entries, entry)
            bytes = bytes + #entry[2][2]
            after = entry[1]
            if bytes >= ${TAKE_BYTES} then taken = string.match(after, '%d+') end
        end
    end
until taken or #some < 16
call('HSET', S, 'k', taken or found[3])
return { count, 'inbox', found[4] or '', entries }
`);

/** ARGV: fence, \`rememberMs\`, \`maxRemembered\`, then the numbers to settle. */
export const SETTLE_ENTRIES =
    RUNS_IF_FULL +
    toWriteScript(
        `
local rememberMs, maxRemembered = tonumber(ARGV[6]), tonumber(ARGV[7])
`,
        SETTLE,
        `
local found = call('HMGET', S, 'o', 'f', 'x')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count, 'fenced' } end
for i = 8, #ARGV do
    settleSilently(ARGV[i], me)
end
touch(found[3])
return { count, 'written' }
`
    );

/** What is left of a stream that has ended has its last position in its newest event. Without an event, it has none. */
const LAST_OF_ENDED = `
local function lastOfEnded(stream)
    local newest = call('XREVRANGE', S .. ':out:' .. stream, '+', '-', 'COUNT', 1)[1]
    return newest and tonumber(string.match(newest[1], '%d+$'))
end
`;

/**
 * ARGV: fence, stream, JSON, number to settle or nothing, position or nothing, `maxEvents`, `rememberMs`, `maxRemembered`,
 * `maxBytes`.
 */
export const APPEND =
    RUNS_IF_FULL +
    toWriteScript(
        `
local rememberMs, maxRemembered = tonumber(ARGV[11]), tonumber(ARGV[12])
`,
        SETTLE,
        LAST_OF_ENDED,
        `
local stream = ARGV[6]
local found = call('HMGET', S, 'o', 'f', 'x', 'h' .. stream, 'u' .. stream, 'l' .. stream, 'b' .. stream, 'b')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count, 'fenced' } end
local ended = stream ~= '0' and not found[5]
local last = ended and lastOfEnded(stream) or tonumber(found[6] or 0)
local expected = tonumber(ARGV[9])
if expected and last >= expected then return { count, 'appended', expected } end
if ended then return { count, 'settled' } end
local number = ARGV[8]
if number ~= '' and #call('XRANGE', S .. ':in', number .. '-0', number .. '-0') == 0 then return { count, 'settled' } end

local position = last + 1
local log = S .. ':out:' .. stream
call('XADD', log, '0-' .. position, 'j', ARGV[7])
local maxEvents, maxBytes = tonumber(ARGV[10]), tonumber(ARGV[13])
local bytes = tonumber(found[7] or 0) + #ARGV[7]
local all = tonumber(found[8] or 0) + #ARGV[7]
if all > maxBytes then all = dropEnded(all, maxBytes, now) end
-- Below the limits, the count does not matter. The last event ends the stream, which the client needs as a whole.
local isLast = number ~= '' and found[5] == '1'
local kept = not isLast and (position > maxEvents or all > maxBytes) and call('XLEN', log) or 0
local least = stream == '0' and ${LEAST_EVENTS} or 1
while kept > maxEvents or (kept > least and all > maxBytes) do
    local oldest = call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    call('XDEL', log, oldest[1])
    kept, bytes, all = kept - 1, bytes - #oldest[2][2], all - #oldest[2][2]
end
call('HSET', S, 'l' .. stream, position, 'b' .. stream, bytes, 'b', all)
if position == 1 or stream ~= '0' then call('PEXPIRE', log, lifeMs) end
if number ~= '' then settle(number) end
touch(found[3])
if found[4] and found[4] ~= me then wake(found[4], 'events', stream) end
return { count, 'appended', position }
`
    );

/** ARGV: stream, position, most events. Notes that the holder of a stream that has ended has read it to its end. */
export const READ_EVENTS =
    RUNS_IF_FULL +
    toReadScript(
        UNREAD,
        LAST_OF_ENDED,
        `
local stream, after = ARGV[5], tonumber(ARGV[6])
local found = call('HMGET', S, 's', 'l' .. stream, 'u' .. stream)
if not found[1] or tonumber(stream) > tonumber(found[1]) then return { count, 'unknown' } end
local log = S .. ':out:' .. stream
local ended = stream ~= '0' and not found[3]
local last = tonumber(found[2] or 0)
if ended then
    last = lastOfEnded(stream)
    if not last and call('EXISTS', log) == 0 then return { count, 'trimmed' } end
    last = last or 0
end
if after > last then return { count, 'future' } end
local events = {}
if after < last then
    events = call('XRANGE', log, '(0-' .. after, '+', 'COUNT', ARGV[7])
    if #events == 0 or events[1][1] ~= '0-' .. (after + 1) then return { count, 'trimmed' } end
end
if ended and after + #events == last then noteReadByMe(stream) end
return { count, 'events', last, ended and 1 or 0, events }
`
    );
